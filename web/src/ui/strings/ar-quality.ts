import type { QualityStrings } from "./en-quality.js";
import { isolated } from "./in-words.js";

const quality: QualityStrings = {
  keysChanged: (name) => `تغيرت مفاتيح الاتصال مع ${isolated(name)} منذ أن قارنت الرمز. قارنه من جديد.`,

  ask: (name) => `لماذا الجودة سيئة؟ الاتصال مع ${isolated(name)}`,
  askSelf: "لماذا الجودة سيئة؟ اتصالي أنا",
  askShort: "لماذا الجودة سيئة؟",
  asking: "جارٍ الفحص…",
  evidence: "ما يدل على ذلك",
  helps: "ما يساعد",
  culprits: {
    nothing: () => ({ title: "لا خلل في هذه اللحظة", text: "يصل الصوت والصورة كما ينبغي." }),
    unknown: () => ({
      title: "غير معروف بعد",
      text: "لا يوجد اتصال، أو لم يُحسب عليه شيء بعد. اسأل مجددًا بعد بضع ثوانٍ.",
    }),
    "my-microphone": () => ({
      title: "الميكروفون صامت",
      text: "ابحث عن مفتاح على الجهاز أو السلك، وتحقق من مستواه في إعدادات الصوت في النظام، أو اختر غيره.",
    }),
    "their-microphone": (name) => ({
      title: `ميكروفون ${isolated(name)} صامت`,
      text: "هو مشغَّل لكنه لا يعطي أي صوت. ربما أُطفئ من الجهاز نفسه، أو ينبغي اختيار غيره.",
    }),
    "my-computer": () => ({
      title: "حاسوبك مشغول جدًا",
      text: "أغلق البرامج وعلامات التبويب الأخرى، وصّل الشاحن، أطفئ الكاميرا، أو انتقل إلى عرض بصور أقل.",
    }),
    "their-computer": (name) => ({
      title: `حاسوب ${isolated(name)} مشغول جدًا`,
      text: "يساعد إغلاق البرامج وعلامات التبويب الأخرى هناك، أو توصيل الشاحن، أو إطفاء الكاميرا.",
    }),
    "my-uplink": () => ({
      title: "سرعة الرفع لديك هي العائق",
      text: "اقترب من الواي فاي أو استخدم سلكًا؛ أوقف عمليات الرفع الأخرى مثل النسخ الاحتياطي؛ أطفئ الكاميرا. للصوت الأولوية تلقائيًا.",
    }),
    "my-downlink": () => ({
      title: "سرعة التنزيل لديك هي العائق",
      text: "اقترب من الواي فاي أو استخدم سلكًا؛ أوقف التنزيلات الأخرى؛ أوقف الفيديو الوارد.",
    }),
    "their-uplink": (name) => ({
      title: `سرعة الرفع لدى ${isolated(name)} هي العائق`,
      text: "يساعد الاقتراب من الواي فاي هناك، أو استخدام سلك، أو إيقاف عمليات الرفع الأخرى، أو إطفاء الكاميرا.",
    }),
    "their-downlink": (name) => ({
      title: `سرعة التنزيل لدى ${isolated(name)} هي العائق`,
      text: "يساعد الاقتراب من الواي فاي هناك، أو استخدام سلك، أو إيقاف التنزيلات الأخرى، أو إيقاف الفيديو الوارد.",
    }),
    relay: () => ({
      title: "الطريق عبر المُرحِّل هو العائق",
      text: "لا تسمح شبكتاكما بالوصول المباشر، فيمر كل شيء عبر مُرحِّل. قد تفتح شبكة أخرى أو إيقاف VPN طريقًا مباشرًا؛ ويُظهر اختبار الاتصال ما تسمح به شبكتك.",
    }),
    path: () => ({
      title: "الطريق بينكما هو العائق",
      text: "كلا الطرفين سليم تجاه الآخرين بحسب المعروف. قد تساعد شبكة أخرى لدى أحدكما أو إيقاف VPN؛ وكثيرًا ما يزول الأمر.",
    }),
  },
  undecided: (suspects) => ({
    title: `العائق واحد من هذه: ${suspects}`,
    text: "ما يُحسب لا يفرق بينها. وجود شخص آخر في المكالمة يبيّن ذلك، أو شبكة أخرى لدى أحد الطرفين. وما يساعد كثيرًا لدى الطرفين: الاقتراب من الواي فاي أو استخدام سلك، وإيقاف عمليات النقل الأخرى.",
  }),
  suspects: {
    "my-uplink": () => "سرعة الرفع لديك",
    "my-downlink": () => "سرعة التنزيل لديك",
    "my-line": () => "اتصالك بالإنترنت",
    "their-uplink": (name) => (name === "" ? "سرعة الرفع لدى الطرف الآخر" : `سرعة الرفع لدى ${isolated(name)}`),
    "their-downlink": (name) => (name === "" ? "سرعة التنزيل لدى الطرف الآخر" : `سرعة التنزيل لدى ${isolated(name)}`),
    "their-line": (name) => (name === "" ? "اتصال الطرف الآخر بالإنترنت" : `اتصال ${isolated(name)} بالإنترنت`),
    relay: () => "المُرحِّل",
  },
  facts: {
    microphone: () => "لا يعطي الميكروفون أي صوت",
    relayed: (value) => (value === "" ? "يمر عبر مُرحِّل" : `يمر عبر المُرحِّل ${isolated(value)}`),
    "others-relayed": (value, of) => `والأمر نفسه في ${isolated(value)} من ${isolated(of)} اتصالات عبر مُرحِّلك`,
    "others-beside": (value, of) => `وليس كذلك نحو ${isolated(value)} من ${isolated(of)} آخرين يُتصل بهم دون مُرحِّلك`,
    roundTripTime: (value) => `زمن الذهاب والإياب ${isolated(value)}`,
    availableOutgoingBitrate: (value) => `يمكن إرسال ${isolated(value)} على الأكثر`,
    lostSent: (value) => `يضيع ${isolated(value)} مما يُرسَل`,
    lostReceived: (value) => `يضيع ${isolated(value)} مما ينبغي أن يصل`,
    jitter: (value) => `تصل الحزم بفارق يبلغ ${isolated(value)} عن وقتها`,
    concealed: (value) => `${isolated(value)} من الصوت مُستكمَل`,
    frozen: (value) => `تتوقف الصورة ${isolated(value)} من الوقت`,
    framesDropped: (value) => `${isolated(value)} من الصور لا يمكن عرضها في وقتها`,
    cpuLimited: (value) => `انشغال يمنع الصورة ${isolated(value)} من الوقت`,
    bandwidthLimited: (value) => `يحد الخط من الصورة ${isolated(value)} من الوقت`,
    "others-losing-sent": (value, of) => `والأمر نفسه نحو ${isolated(value)} من ${isolated(of)} آخرين`,
    "others-losing-received": (value, of) => `والأمر نفسه من ${isolated(value)} من ${isolated(of)} آخرين`,
  },
  seenHere: (fact) => `هنا: ${fact}`,
  seenThere: (fact) => `هناك: ${fact}`,

  code: "رمز الأمان",
  codeText: (name) =>
    `ليقرأ كل منكما هذه الأرقام للآخر. إن رأى ${isolated(name)} الأرقام نفسها فلا أحد بينكما، ولا حتى الخادم.`,
  noCode: "لا رمز قبل أن يتم الاتصال.",
  verify: "وضع علامة موثوق",
  verifyName: (name) => `وضع علامة موثوق: رمز ${isolated(name)}`,
  isVerified: "موثوق: قارنت هذه الأرقام.",
  hasChanged:
    "تغيرت المفاتيح منذ مقارنة الأرقام. هذا طبيعي بعد إعادة التحميل أو اتصال جديد، وهو أيضًا ما يبدو لو كان أحد بينكما: قارنها من جديد.",

  statistics: "إحصاءات",
  connectionTo: "الاتصال مع",
  nobody: "حين ينضم شخص آخر إلى المكالمة يصبح هناك ما يُحسب.",
  collecting: "بدأ الحساب. تظهر الأرقام بعد بضع ثوانٍ.",
  lastMinutes: "آخر دقيقتين، نقطة كل ثانيتين.",
  plots: {
    bitrate: "معدل البت",
    loss: "الحزم الضائعة",
    roundTrip: "زمن الذهاب والإياب",
    frameRate: "معدل الصور",
    resolution: "الدقة",
  },
  sent: "مُرسَل",
  received: "مُستقبَل",
  none: "–",
  frames: (count) => `${isolated(count)} صورة/ث`,
  lines: (count) => `${isolated(count)} سطرًا`,
  percent: (count) => `${isolated(count)}%`,
  plot: (title, values) => `${title}: ${values}`,
  series: (name, value) => `${name} ${isolated(value)}`,

  sharing: "عند مشاركة الشاشة",
  content: {
    text: { name: "النص يبقى واضحًا", text: "للمستندات والشرائح. عند ضعف الاتصال تقل سلاسة الحركة." },
    motion: { name: "الحركة تبقى سلسة", text: "للأفلام والألعاب. عند ضعف الاتصال تقل حدة الصورة." },
  },
};

export default quality;
