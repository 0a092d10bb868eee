import type { recording as english } from "./en-recording.js";
import { isolated } from "./in-words.js";

const recording: typeof english = {
  record: "تسجيل المكالمة",
  stopRecording: "إنهاء التسجيل",
  youRecord: "أنت تسجل. ويُبلَّغ بذلك كل من في المكالمة.",
  youRecordInMemory:
    "أنت تسجل. ويُبلَّغ بذلك كل من في المكالمة. يحتفظ هذا المتصفح بالتسجيل في الذاكرة: إذا أُغلقت هذه الصفحة ضاع.",
  records: (names) => `تسجيل: ${isolated(names)}`,
  startedRecording: (name) => `يسجل ${isolated(name)} المكالمة`,
  stoppedRecording: (name) => `أنهى ${isolated(name)} التسجيل`,
  recordingEnds: {
    saved: "حُفظ التسجيل",
    cut: "انتهى التسجيل لعدم وجود مساحة. حُفظ ما سُجِّل حتى الآن.",
    kept: "تعذر حفظ التسجيل في المكان الذي أردته. يحتفظ به هذا المتصفح ويعرضه عليك.",
    lost: "تعذر حفظ التسجيل",
  },
  cannotRecord: "لا يمكن لهذا المتصفح التسجيل",
};

export default recording;
