import type { ChatStrings } from "./en-chat.js";
import { isolated, plural } from "./in-words.js";

const chat: ChatStrings = {
  messages: "الرسائل",
  message: "الرسالة",
  send: "إرسال",
  to: "إلى",
  everyone: "الجميع",
  toEveryone: "رسالة إلى الجميع",
  toOne: (name) => `رسالة إلى ${isolated(name)} وحده`,
  you: "أنت",
  privateTo: (name) => `خاصة، إلى ${isolated(name)}`,
  private: "خاصة، إليك",
  passedOn: "نقلها آخرون",
  passedOnText: "لم تصل هذه الرسالة إلى متصفحك من كاتبها. أحد المشاركين يقول إنها كانت كذلك.",
  empty: "لا رسائل بعد.",
  alone: "لا أحد غيرك هنا بعد. من ينضم ما دامت هذه الصفحة مفتوحة يمكنه قراءة ما تكتبه.",
  newMessages: "رسائل جديدة",
  onlyOne: (name) => `لن يرى هذا إلا ${isolated(name)}.`,
  gone: (name) => `${isolated(name)} (غادر)`,
  goneText: (name) => `غادر ${isolated(name)}. اختر لمن هذه الرسالة.`,
  later: (name) => `يتعذر الوصول إلى ${isolated(name)} الآن، وستصله الرسالة حالما يتغير ذلك.`,
  tooLong: (count) =>
    plural("ar", count, {
      one: "أطول بحرف واحد (#): لا تتجاوز الرسالة 4000 حرف.",
      two: "أطول بحرفين (#): لا تتجاوز الرسالة 4000 حرف.",
      few: "أطول بمقدار # أحرف: لا تتجاوز الرسالة 4000 حرف.",
      many: "أطول بمقدار # حرفًا: لا تتجاوز الرسالة 4000 حرف.",
      other: "أطول بمقدار # حرف: لا تتجاوز الرسالة 4000 حرف.",
    }),
  tooFast: "رسائل كثيرة دفعة واحدة. انتظر لحظة ثم اضغط «إرسال» مجددًا.",
  notJoined: "لم تدخل المكالمة بعد. انتظر لحظة ثم اضغط «إرسال» مجددًا.",
  sound: "صوت عند وصول رسائل جديدة",
};

export default chat;
