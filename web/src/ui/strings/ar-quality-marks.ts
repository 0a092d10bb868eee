import type { QualityMarksStrings } from "./en-quality-marks.js";

const qualityMarks: QualityMarksStrings = {
  fair: "الاتصال ليس جيدًا",
  bad: "الاتصال سيئ",
  paused: "الصورة متوقفة: الاتصال لا يحمل سوى الصوت",
  pausedScreen: "الشاشة المشارَكة متوقفة: الاتصال لا يحمل سوى الصوت",
  verified: "قورن الرمز: المفاتيح موثوقة",
  changed: "تغيرت المفاتيح منذ مقارنة الرمز",
};

export default qualityMarks;
