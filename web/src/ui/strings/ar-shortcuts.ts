import type { ShortcutsStrings } from "./en-shortcuts.js";
import { isolated } from "./in-words.js";

const shortcuts: ShortcutsStrings = {
  title: "اختصارات لوحة المفاتيح",
  text: "لا يعمل أي منها أثناء الكتابة.",
  what: {
    microphone: "تشغيل الميكروفون أو كتمه",
    camera: "تشغيل الكاميرا أو إيقافها",
    screen: "مشاركة الشاشة أو إنهاؤها",
    chat: "فتح الدردشة أو إغلاقها",
    hand: "رفع اليد أو خفضها",
    help: "إظهار هذه القائمة",
  },
  talk: "التحدث ما دام المفتاح مضغوطًا، إن كنت مكتومًا",
  hold: (key) => `استمرار الضغط على ${isolated(key)}`,
  or: "أو",
  singleKeys: "اختصارات بمفتاح واحد",
  singleKeysText: "أوقفها إن كانت المفاتيح تُضغط من دون قصد منك، كما عند التعرف على الكلام.",
  close: "إغلاق",
};

export default shortcuts;
