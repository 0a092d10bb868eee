import type { DoorsStrings } from "./en-doors.js";
import { isolated, plural } from "./in-words.js";

const doors: DoorsStrings = {
  doors: "من يمكنه الدخول",
  lock: "قفل الغرفة",
  lockText: "لا يدخل أحد جديد. من في الغرفة يبقى، ومن ينقطع اتصاله يمكنه العودة.",
  waitingRoom: "غرفة الانتظار",
  waitingRoomText: "من يأتي ينتظر حتى تسمح له بالدخول.",
  passcode: "رمز الدخول",
  passcodeText: "على من يأتي أن يعرفه. من سُمح له بالدخول مرة لا يُسأل ثانية.",
  passcodeSet: "عُيِّن رمز دخول. لا يمكن لأحد قراءته مجددًا، ويمكنك فقط تعيين رمز جديد.",
  newPasscode: "رمز دخول جديد",
  passcodeEmpty: "اكتب رمز دخول من حرف إلى 64 حرفًا.",
  setPasscode: "تعيين رمز الدخول",
  removePasscode: "إزالة رمز الدخول",
  everybody: "للجميع",
  muteAll: "طلب كتم الميكروفون من الجميع",
  muteAllDone: "طُلب من الجميع كتم الميكروفون",
  endForAll: "إنهاء المكالمة للجميع",

  waiting: "في انتظار السماح بالدخول",
  nobodyWaits: "لا أحد ينتظر.",
  wantsIn: (name) => `يريد ${isolated(name)} الدخول`,
  others: (count) =>
    plural("ar", count, {
      one: "شخص آخر ينتظر",
      two: "شخصان آخران ينتظران",
      few: "# آخرون ينتظرون",
      many: "# آخرون ينتظرون",
      other: "# آخرون ينتظرون",
    }),
  admit: "سماح",
  admitName: (name) => `السماح بدخول ${isolated(name)}`,
  deny: "رفض",
  denyName: (name) => `رفض دخول ${isolated(name)}`,
  admitAll: "السماح للجميع",

  askToMute: "طلب كتم الميكروفون",
  asked: (name) => `طُلب من ${isolated(name)} كتم الميكروفون`,
  lowerHand: "خفض اليد",
  makeHost: "تعيين مضيفًا",
  remove: "إخراج",

  muteAsked: (name) => `يطلب منك ${isolated(name)} كتم الميكروفون`,
  mute: "كتم",
  notNow: "ليس الآن",

  cancel: "إلغاء",
  confirmRemove: {
    title: (name) => `إخراج ${isolated(name)}؟`,
    text: (name) => `يغادر ${isolated(name)} المكالمة فورًا. يمكنه العودة بالرابط: اقفل الغرفة إن كنت لا تريد ذلك.`,
    action: (name) => `إخراج ${isolated(name)}`,
  },
  confirmHandOver: {
    title: (name) => `تعيين ${isolated(name)} مضيفًا؟`,
    text: (name) => `يقرر ${isolated(name)} منذ ذلك الحين من يدخل، وتصبح أنت مشاركًا.`,
    action: (name) => `تعيين ${isolated(name)} مضيفًا`,
  },
  confirmEnd: {
    title: "إنهاء المكالمة للجميع؟",
    text: "يغادر الجميع المكالمة، وأنت أيضًا.",
    action: "إنهاء المكالمة",
  },

  problems: {
    "room-full": "الغرفة ممتلئة: لا مكان لأحد آخر.",
    forbidden: "لا يمكن ذلك إلا للمضيف.",
    gone: "لم يعد هذا الشخص هنا.",
    unreachable: "تعذر الوصول إلى الخادم. أعد المحاولة بعد لحظة.",
  },

  enterPasscode: "لهذه الغرفة رمز دخول",
  enterPasscodeText: "من دعاك يعرفه.",
  passcodeWrong: "هذا ليس رمز الدخول. تحقق منه وأعد المحاولة.",
  enter: "دخول",
  back: "رجوع",
};

export default doors;
