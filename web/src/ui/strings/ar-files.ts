import type { FilesStrings } from "./en-files.js";
import { isolated } from "./in-words.js";

const files: FilesStrings = {
  language: "ar",
  to: "إلى",
  everyone: "جميع من في المكالمة",
  absent: (name) => `${isolated(name)} (يتعذر الوصول إليه)`,
  send: "إرسال ملف",
  intro: "تنتقل الملفات مباشرة من متصفح إلى متصفح. ويقرر كل شخص بنفسه ما إذا كان يقبلها.",
  nobody: "حالما ينضم شخص آخر إلى المكالمة يمكنك إرسال ملفات إليه.",
  outOfReach: (name) => `يتعذر الوصول إلى ${isolated(name)} حاليًا.`,
  insecure: "تحتاج الملفات إلى صفحة آمنة ليمكن التحقق مما يصل. افتح هذه الغرفة بعنوان يبدأ بـ ⁨https://⁩.",
  list: "الملفات المرسلة والمستلمة",
  none: "لا ملفات بعد. يمكنك أيضًا إفلاتها على المكالمة.",

  places: {
    chosen: "تختار أنت مكان الملف، ويُكتب هناك أثناء وصوله.",
    disk: "ما تقبله يُكتب على القرص أثناء وصوله، ويحفظه متصفحك حين يكتمل.",
    memory: (limit) => `على هذا المتصفح أن يُبقي الملف في الذاكرة حتى يكتمل، ولذلك لا يقبل أكثر من ${isolated(limit)}.`,
  },

  toWhom: (name) => `إلى ${isolated(name)}`,
  fromWhom: (name) => `من ${isolated(name)}`,
  accept: "قبول",
  acceptName: (file) => `قبول ${isolated(file)}`,
  decline: "رفض",
  cancel: "إلغاء",
  cancelName: (file) => `إلغاء ${isolated(file)}`,
  save: "حفظ",
  saveName: (file) => `حفظ ${isolated(file)}`,
  remove: (file) => `إزالة ${isolated(file)} من القائمة`,
  progress: (file) => `تقدم ${isolated(file)}`,
  ofSize: (moved, size) => `${isolated(moved)} من ${isolated(size)}`,
  perSecond: (rate) => `${isolated(rate)} في الثانية`,
  secondsLeft: (seconds) => `بقي ${seconds} ث`,
  minutesLeft: (minutes) => `بقي ${minutes} د`,
  tooLarge: (limit) =>
    `أكبر مما يتسع له هذا المتصفح: يجب أن يتسع له في الذاكرة، ولا تتسع لأكثر من ${isolated(limit)}. افتح المكالمة في Chrome أو Edge أو Firefox على حاسوب، في نافذة غير خاصة.`,

  sending: {
    queued: "ينتظر دوره",
    offered: "عُرض ولم يُقبل بعد",
    waiting: "انقطع الاتصال. يستمر الإرسال حالما يعود.",
    done: "أُرسل وتم التحقق منه عند الوصول",
    declined: {
      declined: "مرفوض",
      "too-many": "لم يُعرض: ملفات كثيرة تنتظر هناك. أعد المحاولة لاحقًا.",
      unable: "غير ممكن: الصفحة الأخرى ليست آمنة، فلا يمكنها التحقق مما يصل.",
    },
    cancelled: { self: "أُلغي", other: "ألغاه الطرف الآخر" },
    failed: {
      unreadable: "لم يعد ممكنًا قراءة الملف. هل عُدِّل أو نُقل أو حُذف؟",
      unsaved: "لم يتمكن الطرف الآخر من حفظه.",
      full: "لا مساحة له لدى الطرف الآخر.",
      damaged: "وصل تالفًا فلم يُحفظ. أرسله مرة أخرى.",
      violation: "لم تلتزم الصفحة الأخرى بالقواعد، فقُطع الإرسال.",
      left: "لم تعد الصفحة الأخرى موجودة: غادر صاحبها المكالمة أو أعاد تحميلها.",
      lost: "انقطع الاتصال مرة بعد مرة. أرسله مرة أخرى.",
    },
  },
  receiving: {
    offered: "هل تريده؟",
    preparing: "يجري تجهيز مكان له…",
    waiting: "انقطع الاتصال. يستمر الاستلام حالما يعود.",
    done: "اكتمل وتم التحقق منه",
    kept: "اكتمل وتم التحقق منه وحُفظ حيث أردت",
    declined: "مرفوض",
    cancelled: { self: "أُلغي", other: "ألغاه الطرف الآخر" },
    failed: {
      unreadable: "لم يعد المرسل قادرًا على قراءة الملف.",
      unsaved: "تعذر حفظه هنا. أعد المحاولة أو اختر مكانًا آخر.",
      full: "لا مساحة كافية له هنا. أفسح مكانًا ثم اطلبه من جديد.",
      damaged: "ما وصل كان تالفًا فلم يُحفظ. اطلبه من جديد.",
      violation: "لم يلتزم المرسل بما عُرض، فقُطع الاستلام.",
      left: "لم تعد صفحة المرسل موجودة: غادر المكالمة أو أعاد تحميل الصفحة.",
      lost: "لم يعد المرسل إليه. اطلبه من جديد.",
    },
  },

  news: {
    offered: (name, file, size) => `يعرض عليك ${isolated(name)} الملف ${isolated(file)}، ${isolated(size)}`,
    received: (file) => `وصل ${isolated(file)}`,
    sent: (name, file) => `استلم ${isolated(name)} الملف ${isolated(file)}`,
    declined: (name, file) => `لم يقبل ${isolated(name)} الملف ${isolated(file)}`,
    cancelled: (name, file) => `ألغى ${isolated(name)} الملف ${isolated(file)}`,
    failed: (file) => `فشل ${isolated(file)}`,
    folders: "لا يمكن إرسال المجلدات. ضعها في أرشيف أولًا.",
  },

  drop: {
    everyone: "أفلته لعرضه على جميع من في المكالمة",
    one: (name) => `أفلته لعرضه على ${isolated(name)}`,
    nobody: "لا أحد هنا لإرساله إليه",
  },
};

export default files;
