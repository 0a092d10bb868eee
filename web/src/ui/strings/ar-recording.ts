import type { recording as english } from "./en-recording.js";
import { isolated } from "./in-words.js";

const recording: typeof english = {
  record: "تسجيل المكالمة",
  stopRecording: "إنهاء التسجيل",
  youRecord: "أنت تسجل. ويُبلَّغ بذلك كل من في المكالمة.",
  records: (names) => `تسجيل: ${isolated(names)}`,
  startedRecording: (name) => `يسجل ${isolated(name)} المكالمة`,
  stoppedRecording: (name) => `أنهى ${isolated(name)} التسجيل`,
  recordingEnds: {
    saved: "حُفظ التسجيل",
    cut: "انتهى التسجيل لعدم وجود مساحة. حُفظ ما سُجِّل حتى الآن.",
    lost: "تعذر حفظ التسجيل",
  },
  cannotRecord: "لا يمكن لهذا المتصفح التسجيل",
};

export default recording;
