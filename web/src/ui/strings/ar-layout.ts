import type { layout as english } from "./en-layout.js";
import { isolated } from "./in-words.js";

const layout: typeof english = {
  speakerView: "عرض المتحدث",
  gridView: "عرض الشبكة",
  hideOwn: "إخفاء صورتي",
  showOwn: "إظهار صورتي",
  pin: (label) => `تثبيت ${isolated(label)}`,
  unpin: (label) => `إلغاء تثبيت ${isolated(label)}`,
  tileMenu: (label) => `المزيد: ${isolated(label)}`,
  fullScreen: (label) => `ملء الشاشة: ${isolated(label)}`,
  exitFullScreen: "إنهاء ملء الشاشة",
  pages: "الصفحات",
  previousPage: "الصفحة السابقة",
  nextPage: "الصفحة التالية",
  page: (page, pages) => `الصفحة ${page} من ${pages}`,
};

export default layout;
