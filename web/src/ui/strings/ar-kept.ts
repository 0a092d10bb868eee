import type { KeptStrings } from "./en-kept.js";
import { isolated } from "./in-words.js";

const kept: KeptStrings = {
  language: "ar",
  interrupted: (when) => `انقطع تسجيل في ${isolated(when)}`,
  text: "يحتفظ هذا المتصفح بما سُجِّل حتى ذلك الحين مدة سبعة أيام.",
  save: "حفظ",
  saveOf: (when) => `حفظ تسجيل ${isolated(when)}`,
  discard: "تجاهل",
  discardOf: (when) => `تجاهل تسجيل ${isolated(when)}`,
  sure: (when) => `هل تريد تجاهل تسجيل ${isolated(when)} نهائيًا؟`,
  keep: "إبقاء",
  unreadable: "تتعذر قراءة هذا التسجيل الآن. حاول مرة أخرى.",
  saving: "يجري حفظ التسجيل. يُرجى إبقاء هذه الصفحة مفتوحة.",
};

export default kept;
