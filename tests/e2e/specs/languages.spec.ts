import { expect, it } from "vitest";
import { expectAccessible } from "../harness/accessibility.js";
import type { Participant } from "../harness/participant.js";
import { snapshot } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";

const stage = useStage();

/** What is looked for in a language: the names that people find there. */
const spoken = {
  de: {
    dir: "ltr",
    newCall: "Neues Gespräch",
    name: "Ihr Name",
    join: "Teilnehmen",
    leave: "Verlassen",
    more: "Mehr",
    participants: "Teilnehmende",
    chat: "Chat",
    files: "Dateien",
    host: "Leitung des Gesprächs",
    statistics: "Statistik",
    settings: "Einstellungen",
    language: "Sprache",
    test: "Verbindung testen",
    left: "Sie haben das Gespräch verlassen",
  },
  ar: {
    dir: "rtl",
    newCall: "مكالمة جديدة",
    name: "اسمك",
    join: "انضمام",
    leave: "مغادرة",
    more: "المزيد",
    participants: "المشاركون",
    chat: "الدردشة",
    files: "الملفات",
    host: "أدوات المضيف",
    statistics: "إحصاءات",
    settings: "الإعدادات",
    language: "اللغة",
    test: "اختبار الاتصال",
    left: "غادرت المكالمة",
  },
} as const;

type Language = keyof typeof spoken;

/** Expects that everything fits a phone, is read in the right direction, and that axe has nothing to say. */
async function inspect(person: Participant, language: Language, screen: string): Promise<void> {
  await person.settle();
  const found = await person.page.evaluate(() => {
    const cut = window.probe
      .all("button, label, h1, h2, h3, a")
      .filter(
        (each): each is HTMLElement =>
          each instanceof HTMLElement &&
          each.checkVisibility({ visibilityProperty: true }) &&
          getComputedStyle(each).clipPath === "none" &&
          each.clientWidth > 1,
      )
      // The number on a control stands over its corner.
      .filter((each) => !each.hasAttribute("data-count"))
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
      .map((each) => `${each.localName} ${each.textContent?.trim() ?? ""}: ${each.scrollWidth} > ${each.clientWidth}`);
    const { lang, dir, scrollWidth } = document.documentElement;
    return { cut, lang, dir, overflow: Math.max(0, scrollWidth - innerWidth) };
  });
  expect(found, screen).toEqual({ cut: [], lang: language, dir: spoken[language].dir, overflow: 0 });
  if (person.kind === "chromium") await expectAccessible(person, `${screen} in ${language}`);
  await snapshot(person, `${screen}-${language}-${person.kind}`);
}

/** Opens a panel, in the menu if it stands there. */
async function open(person: Participant, { more }: { more: string }, name: string): Promise<void> {
  if (!(await person.pressIfShown(name))) {
    await person.press(more);
    await person.press(name);
  }
}

async function narrow(person: Participant): Promise<void> {
  await person.page.setViewport({ width: 360, height: 740 });
}

it.each([
  ["chromium", "ar"],
  ["chromium", "de"],
  ["firefox", "ar"],
] as const)("a whole call on a phone, in %s and %s", async (kind, language) => {
  const words = spoken[language];
  const room = stage.newRoom();
  const person = await stage.open(kind, `${stage.server.url}?lang=${language}`, "Zoë");
  await narrow(person);
  await person.waitForButton(words.newCall);
  await inspect(person, language, "landing");

  await person.page.goto(`${stage.server.link(room)}?lang=${language}-EG`);
  await person.type(words.name, "Zoë");
  await inspect(person, language, "lobby");
  await person.press(words.join);
  await person.waitForButton(words.leave);
  await inspect(person, language, "call");

  for (const panel of [words.participants, words.chat, words.files, words.host, words.statistics] as const) {
    await open(person, words, panel);
    await person.waitForText(panel);
    await inspect(person, language, `panel-${panel}`);
    await person.page.keyboard.press("Escape");
  }
  expect(await person.page.evaluate(() => window.probe.all("parley-call").map((e) => e.getAttribute("dir")))).toEqual([
    words.dir,
  ]);

  // Another language in the middle of the call changes all words at once, and no connection or device.
  await open(person, words, words.settings);
  await inspect(person, language, "panel-settings");
  const before = await person.connectionsMade();
  await person.choose(words.language, "English");
  await person.waitForButton("Leave");
  expect(await person.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
    "en",
    "ltr",
  ]);
  expect(await person.connectionsMade()).toBe(before);
  // And is remembered, whatever the address asks for.
  await person.page.goto(`${stage.server.url}?lang=${language}`);
  await person.waitForButton("New call");
  expect(person.errors).toEqual([]);
});
