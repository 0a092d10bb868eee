import devices from "./ar-devices.js";
import layout from "./ar-layout.js";
import recording from "./ar-recording.js";
import type { Strings, Words } from "./en.js";
import { isolated, number, plural } from "./in-words.js";

const { problems, screenProblems, speakerProblems, deviceNews } = devices;

/** Modern Standard Arabic. Controls are named by verbal nouns, which need no form of address. Names of people are isolated. */
const ar: Strings = {
  language: "ar",
  languageChoice: "اللغة",

  product: "Parley",
  tagline: "وجهًا لوجه، على خادمك الخاص.",
  pitch: "افتح غرفة، أرسل الرابط، وتحدث. ينتقل الصوت والصورة مباشرة من متصفح إلى متصفح.",
  newCall: "مكالمة جديدة",
  roomNameOrLink: "اسم الغرفة أو رابطها",
  roomNameExample: "amber-otter-cedar-48213",
  enterRoom: "إلى الغرفة",
  roomNameEmpty: "اكتب اسم غرفة أو الصق رابطها.",
  roomNameTooLong: "هذا الاسم طويل جدًا: لا يتجاوز اسم الغرفة 64 حرفًا.",
  roomNameForbidden: (characters) =>
    `لا يجوز أن يحتوي اسم الغرفة على ${isolated(characters)}. استخدم الحروف والأرقام و«-» و«_».`,
  foreignLink: "هذا الرابط يؤدي إلى عنوان آخر. افتحه في المتصفح مباشرة.",
  badRoomLink: "هذا الرابط لا يدل على غرفة. تحقق منه أو ابدأ مكالمة جديدة.",
  phoneTitle: "الانضمام من الهاتف",
  phoneText: "امسح الرمز بكاميرا الهاتف، أو افتح",
  phoneSelfSigned: "يجب أن يكون الهاتف على الشبكة نفسها. سيحذرك مرة واحدة لأن هذا الخادم أصدر شهادته بنفسه.",
  phoneCode: (address) => `رمز QR يفتح ${isolated(address)}`,
  phonePossible: "لهواتف شبكتك، شغّل الخادم هكذا:",

  testConnection: "اختبار الاتصال",
  connectionTest: "اختبار الاتصال",
  connectionTestText:
    "الطرق التي يمكن أن يسلكها الصوت والصورة من هذا المتصفح، تُجرَّب واحدة تلو الأخرى. لا يلزم لذلك كاميرا ولا ميكروفون ولا شخص آخر.",

  lobbyTitle: "هل أنت مستعد للانضمام؟",
  lobbyRoom: (room) => `الغرفة ${isolated(room)}`,
  yourName: "اسمك",
  nameExample: "كما سيراه الآخرون",
  nameEmpty: "اكتب اسمك ليعرف الآخرون من أنت.",
  nameTooLong: "لا يتجاوز الاسم 64 حرفًا.",
  join: "انضمام",
  preview: "معاينة الكاميرا",
  cameraIsOff: "الكاميرا متوقفة",
  cameraStarting: "يجري تشغيل الكاميرا…",
  microphoneChoice: "الميكروفون",
  cameraChoice: "الكاميرا",
  speakerChoice: "مكبر الصوت",
  defaultSpeaker: "الافتراضي في النظام",
  fixedSpeaker: "يُختار في إعدادات الصوت في النظام",
  moreSpeakers: "مكبرات صوت أخرى…",
  testSound: "تشغيل صوت تجريبي",
  testSoundPlaying: "يعمل الصوت التجريبي",
  testSoundFailed: "لم يبدأ الصوت. تحقق من مكبر الصوت أو اختر غيره.",
  noDevice: "لا يوجد",
  microphoneLevel: "مستوى الميكروفون",
  joinWithNeither: "ستنضم من دون كاميرا وميكروفون. يمكنك مع ذلك رؤية الجميع وسماعهم.",
  joinWithoutCamera: "ستنضم من دون كاميرا. يسمعك الآخرون ويرون الأحرف الأولى من اسمك.",
  joinWithoutMicrophone: "ستنضم من دون ميكروفون. يراك الآخرون ولا يسمعونك.",

  tiles: "المشاركون في المكالمة",
  controls: "أدوات المكالمة",
  withYou: (name) => `${isolated(name)} (أنت)`,
  mute: "كتم الميكروفون",
  unmute: "تشغيل الميكروفون",
  cameraOff: "إيقاف الكاميرا",
  cameraOn: "تشغيل الكاميرا",
  shareScreen: "مشاركة الشاشة",
  stopSharing: "إنهاء المشاركة",
  incomingOff: "إيقاف الفيديو الوارد",
  incomingOn: "تشغيل الفيديو الوارد",
  incomingIsOff: "الفيديو الوارد متوقف، وكاميرتك كذلك",
  incomingIsOn: "الفيديو الوارد مشغَّل",
  statistics: "إحصاءات",
  ownConnection: "اتصالي أنا",
  copyLink: "نسخ الرابط",
  participants: "المشاركون",
  settings: "الإعدادات",
  shortcuts: "اختصارات لوحة المفاتيح",
  announcements: "الإعلانات",
  verbosities: {
    all: "كل شيء، ومن يكتم صوته أيضًا",
    usual: "من ينضم ويغادر، والأيدي، والرسائل",
    few: "ما يخصني فقط",
  },
  chat: "الدردشة",
  unread: (count) =>
    plural("ar", count, {
      zero: "لا رسائل غير مقروءة",
      one: "رسالة غير مقروءة",
      two: "رسالتان غير مقروءتين",
      few: "# رسائل غير مقروءة",
      many: "# رسالة غير مقروءة",
      other: "# رسالة غير مقروءة",
    }),
  messageFrom: (name, text) => `رسالة من ${isolated(name)}: ${isolated(text)}`,
  privateMessageFrom: (name) => `رسالة خاصة من ${isolated(name)}`,
  reactions: "التفاعلات",
  reactionNames: {
    "thumbs-up": "إعجاب",
    heart: "قلب",
    laughing: "ضحك",
    surprised: "دهشة",
    applause: "تصفيق",
  },
  raiseHand: "رفع اليد",
  lowerHand: "خفض اليد",
  handRaised: (place) => `اليد مرفوعة، رقم ${place}`,
  raisedHand: (name) => `رفع ${isolated(name)} يده`,
  host: "المضيف",
  hostControls: "أدوات المضيف",
  manage: (name) => `إدارة ${isolated(name)}`,
  youAreHost: "أنت المضيف الآن",
  youAreNoHost: "لم تعد المضيف",
  isHost: (name) => `المضيف الآن ${isolated(name)}`,
  waitsOutside: (name) => `ينتظر ${isolated(name)} السماح بالدخول`,
  peopleWait: (count) =>
    plural("ar", count, {
      zero: "لا أحد ينتظر",
      one: "شخص ينتظر",
      two: "شخصان ينتظران",
      few: "# أشخاص ينتظرون",
      many: "# شخصًا ينتظرون",
      other: "# شخص ينتظرون",
    }),
  reacted: (names, reaction) => `${isolated(names)}: ${reaction}`,
  you: "أنت",
  others: (count) =>
    plural("ar", count, {
      one: "شخص آخر",
      two: "شخصان آخران",
      few: "# آخرون",
      many: "# آخرون",
      other: "# آخرون",
    }),
  files: "الملفات",
  filesOffered: (count) =>
    plural("ar", count, {
      zero: "لا ملفات معروضة",
      one: "ملف معروض",
      two: "ملفان معروضان",
      few: "# ملفات معروضة",
      many: "# ملفًا معروضًا",
      other: "# ملف معروض",
    }),
  filesNotLoaded: "تعذر الوصول إلى الخادم: أرسل الملف حين يعود",
  story: "كيف تعمل هذه المكالمة",
  storyText: "رسائل هذه المكالمة ومسارها ومفاتيحها كما تحدث.",
  storyLoading: "جارٍ التحميل…",
  storyFailed:
    "تعذر تحميل هذا الجزء من الصفحة. حين يعود الخادم، أعد المحاولة؛ وإن لم يفد ذلك فأعد تحميل الصفحة: ستعود إلى هذه المكالمة.",
  more: "المزيد",
  leave: "مغادرة",
  ...layout,
  ...recording,
  close: "إغلاق",
  dismiss: (title) => `إخفاء: ${title}`,
  startAudio: "تشغيل الصوت",
  audioRefused: "يُبقي متصفحك الصوت متوقفًا حتى تطلبه.",
  screenOf: (name) => `شاشة ${isolated(name)}`,
  yourScreen: "شاشتك",
  muted: "الميكروفون مكتوم",
  unmuted: "الميكروفون يعمل",
  cameraIsOn: "الكاميرا تعمل",
  cameraNotOn: "الكاميرا متوقفة",
  sharing: "يشارك الشاشة",
  speaking: "يتحدث",
  connecting: "جارٍ الاتصال…",
  interrupted: "جارٍ إعادة الاتصال…",
  unreachable: {
    "not-offered": "لا اتصال ولا مُرحِّل. المحاولة مستمرة…",
    "not-reached": "لا اتصال. المحاولة مستمرة…",
    reached: "لا اتصال، حتى عبر المُرحِّل. المحاولة مستمرة…",
  },
  joiningCall: "جارٍ الانضمام إلى المكالمة…",
  returning: "جارٍ العودة إلى المكالمة…",
  reconnecting: "تعذر الوصول إلى الخادم. المكالمة مستمرة، ومحاولة العودة جارية…",
  overdue: (seconds) =>
    `تعذر الوصول إلى الخادم منذ أكثر من ${seconds} ثانية، وقد يكون مكانك في المكالمة قد ضاع. المحاولة مستمرة… يمكنك متابعة الحديث مع كل من تراه وتسمعه.`,
  aloneTitle: "لا أحد غيرك هنا",
  aloneText: "أرسل هذا الرابط إلى من تريد التحدث معهم.",
  linkCopied: "نُسخ الرابط",
  linkTitle: "رابط هذه المكالمة",
  linkText: "لا يسمح المتصفح بنسخه. ها هو محدد: اضغط Ctrl+C، أو ⌘C على أجهزة Mac.",
  linkLabel: "الرابط",
  joined: (name) => `انضم ${isolated(name)}`,
  left: (name) => `غادر ${isolated(name)}`,
  lostConnection: (name) => `انقطع اتصال ${isolated(name)}`,
  isBack: (name) => `عاد ${isolated(name)}`,
  mutedNow: (name) => `الميكروفون مكتوم لدى ${isolated(name)}`,
  unmutedNow: (name) => `لم يعد الميكروفون مكتومًا لدى ${isolated(name)}`,
  cameraOnNow: (name) => `شغّل ${isolated(name)} الكاميرا`,
  cameraOffNow: (name) => `أوقف ${isolated(name)} الكاميرا`,
  startedSharing: (name) => `يشارك ${isolated(name)} الشاشة`,
  stoppedSharing: (name) => `أنهى ${isolated(name)} المشاركة`,
  youShare: "أنت تشارك شاشتك",
  youStoppedSharing: "أنهيت مشاركة شاشتك",
  backAgain: "عاد الاتصال",

  goodbyeTitle: "غادرت المكالمة",
  goodbyeText: "تبقى الغرفة مفتوحة ما دام فيها أحد.",
  rejoin: "انضمام من جديد",
  waitingTitle: "في انتظار السماح بالدخول",
  waitingText: "أُبلغ المضيف بوجودك. تبدأ المكالمة حالما يُسمح لك بالدخول.",
  stopWaiting: "إنهاء الانتظار",
  over: {
    removed: {
      title: "أُخرجت من المكالمة",
      text: "أنهاها المضيف بالنسبة إليك. إن كان ذلك خطأ فاطلب السماح لك بالدخول مجددًا.",
    },
    ended: { title: "انتهت المكالمة", text: "أنهاها المضيف للجميع." },
  },
  displacedTitle: "تستمر هذه المكالمة في نافذة أو علامة تبويب أخرى",
  displacedText: "أنت مشارك فيها هناك. ويمكنك المتابعة هنا بدلًا من ذلك.",
  useHere: "المتابعة هنا",
  tryAgain: "إعادة المحاولة",
  reload: "إعادة تحميل الصفحة",
  back: "رجوع",

  titleLobby: (room) => `الانضمام إلى ${isolated(room)} – Parley`,
  titleCall: (room, people) => `${isolated(room)} (${number("ar", people)}) – Parley`,
  titleDoctor: "اختبار الاتصال – Parley",
  titleGoodbye: (room) => `غادرت ${isolated(room)} – Parley`,

  refusals: {
    "room-full": {
      title: "هذه الغرفة ممتلئة",
      text: "كل الأماكن مشغولة. أعد المحاولة حين يغادر أحد، أو التقوا في غرفة أخرى.",
    },
    "server-full": {
      title: "الخادم ممتلئ",
      text: "لا يتسع لغرف أكثر في الوقت الحالي. أعد المحاولة بعد بضع دقائق.",
    },
    "page-outdated": {
      title: "أعد تحميل هذه الصفحة",
      text: "حُدِّث الخادم منذ أن فتحتها. أعد تحميلها ليمكنك الانضمام.",
    },
    "server-outdated": {
      title: "الخادم أقدم من هذه الصفحة",
      text: "لكل منهما إصدار مختلف، ولا شيء من جهتك يغير ذلك. أبلغ من يشغّل الخادم كي يحدّثه.",
    },
    "server-unreachable": {
      title: "الخادم لا يجيب",
      text: "تحقق من اتصالك بالإنترنت ثم أعد المحاولة. إن بقي الأمر كذلك فقد يكون الخادم متوقفًا.",
    },
    locked: {
      title: "هذه الغرفة مقفلة",
      text: "لا يمكن لأحد جديد الدخول الآن. اطلب ممن في الغرفة فتحها ثم أعد المحاولة.",
    },
    "passcode-required": { title: "لهذه الغرفة رمز دخول", text: "من دعاك يعرفه." },
    "passcode-wrong": { title: "هذا ليس رمز الدخول", text: "تحقق منه وأعد المحاولة." },
    rate: {
      title: "محاولات كثيرة جدًا",
      text: "حاول أحد من شبكتك الدخول مرات كثيرة. انتظر دقيقة ثم أعد المحاولة.",
    },
    denied: {
      title: "لم يُسمح لك بالدخول",
      text: "رفض المضيف ذلك. إن كان خطأ فاسأله ثم أعد المحاولة.",
    },
    removed: {
      title: "أُخرجت من هذه الغرفة",
      text: "لا يمكنك العودة إلى مكانك فيها. أعد المحاولة لطلب مكان جديد.",
    },
    ended: { title: "انتهت المكالمة", text: "أنهاها المضيف للجميع وأنت تنتظر." },
    "token-required": {
      title: "تحتاج إلى دعوة",
      text: "على هذا الخادم تقرر صفحة أخرى من يدخل الغرفة. افتح المكالمة من هناك.",
    },
    "token-invalid": {
      title: "هذه الدعوة غير صالحة",
      text: "ربما انتهت مدتها أو كانت لغرفة أخرى. افتح المكالمة من جديد من الصفحة التي دعتك.",
    },
    "already-joined": {
      title: "أنت في هذه المكالمة بالفعل",
      text: "لهذه الصفحة مكان في الغرفة. ارجع وانضم مرة أخرى.",
    },
    "invalid-name": {
      title: "لا يقبل الخادم هذا الاسم",
      text: "ارجع واكتب اسمًا آخر: من حرف إلى 64 حرفًا، وليست كلها غير مرئية.",
    },
    invalid: {
      title: "حدث خطأ ما",
      text: "لم يقبل الخادم طلب الانضمام. أعد المحاولة؛ وإن تكرر ذلك فأعد تحميل الصفحة.",
    },
  },

  seat: {
    renewed: {
      title: "عدت مشاركًا جديدًا",
      text: "لم يعد الخادم يعرف مكانك في المكالمة. أنت بالنسبة إلى الآخرين وصلت للتو.",
    },
  },

  problems,
  screenProblems,
  speakerProblems,
  deviceNews,

  peerUnreachable: {
    "not-offered": (name) =>
      unreachable(name, "قد يفيد مُرحِّل، لكن هذا الخادم لا يقدم واحدًا: يمكن لمن يشغّله تفعيل مُرحِّله (TURN) أو تعيين غيره."),
    "not-reached": (name) =>
      unreachable(
        name,
        "قد يفيد مُرحِّل، لكن الذي يقدمه هذا الخادم تعذر الوصول إليه من هنا: يمكن لمن يشغّل الخادم معرفة السبب باختبار الاتصال.",
      ),
    reached: (name) =>
      unreachable(
        name,
        "أمكن الوصول إلى المُرحِّل الذي يقدمه هذا الخادم ولم يفد: ربما لا يستطيع الطرف الآخر الوصول إليه.",
      ),
  },

  details: (name) => `الاتصال مع ${isolated(name)}`,
  ways: {
    direct: "مباشر",
    local: "مباشر عبر الشبكة المحلية",
    relayed: "عبر مُرحِّل",
    "relayed-there": "عبر مُرحِّل في الطرف الآخر",
  },
  relayedThrough: (protocol) => `عبر مُرحِّل باستخدام ${isolated(protocol)}`,
  roundTrip: (time) => `زمن الذهاب والإياب ${isolated(time)}`,
  noWay: "غير متصل حاليًا",
};

function unreachable(name: string, relay: string): Words {
  return {
    title: `لا اتصال مع ${isolated(name)}`,
    text: `إحدى شبكتيكما لا تسمح بالمرور من طرف إلى آخر. ${relay} تستمر المحاولة. كثيرًا ما تفيد شبكة أخرى أو إيقاف VPN.`,
  };
}

export default ar;
