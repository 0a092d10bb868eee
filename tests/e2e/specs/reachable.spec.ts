import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { layouts } from "../../conformance/reverse-proxy/harness/guide.mjs";
import { Nginx } from "../../conformance/reverse-proxy/harness/nginx.mjs";
import { Parley } from "../../conformance/reverse-proxy/harness/parley.mjs";
import { expectAccessible } from "../harness/accessibility.js";
import { inChromium } from "../harness/breadth.js";
import { publicHost, type BrowserKind } from "../harness/browsers.js";
import { Participant } from "../harness/participant.js";
import { photograph } from "../harness/screens.js";
import { useStage, type Stage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

declare global {
  interface Window {
    /** How many WebSockets of the page have been opened. */
    webSockets: number;
  }
}

const kinds: BrowserKind[] = ["chromium", "firefox"];

/** Ada and Grace, each in a browser of their own kind, at a server that is not the stage's. */
async function meet(stage: Stage, server: string): Promise<[Participant, Participant]> {
  const link = (name: string): string => `${server}/r/reachable?name=${name}&join=1`;
  const ada = await Participant.join(await stage.browser("chromium"), link("Ada"), "Ada", countWebSockets);
  stage.present.push(ada);
  const grace = await Participant.join(await stage.browser("firefox"), link("Grace"), "Grace", countWebSockets);
  stage.present.push(grace);
  await stage.everyoneReceivesEveryone();
  return [ada, grace];
}

function countWebSockets(): void {
  window.webSockets = 0;
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener("open", () => (window.webSockets += 1));
    }
  };
}

describe("behind nginx, with TLS", () => {
  const stage = useStage({}, { bare: true });

  describe.each([
    ["a path that nginx takes away", "passed"],
    ["a path that nginx leaves", "refused"],
  ] as const)("below %s, WebSocket %s", (name, webSocket) => {
    const layout = layouts[name];
    let parley: Parley | undefined;
    let nginx: Nginx | undefined;
    let home = "";

    beforeAll(async () => {
      parley = await Parley.start({ "Parley:Proxies": "loopback", ...layout.settings });
      nginx = await Nginx.start({ configuration: layout.configuration, upstream: parley.url, webSocket });
      home = `https://${publicHost}:${new URL(nginx.url).port}${layout.path}`;
    });

    afterAll(async () => {
      await nginx?.stop();
      await parley?.stop();
    });

    it("people in Chromium and Firefox see and hear each other", async () => {
      const people = await meet(stage, home);
      for (const person of people) {
        expect(await person.page.evaluate(() => window.webSockets)).toBe(webSocket === "passed" ? 1 : 0);
      }
    });

    it.each(kinds)("from the landing page into a room that has its address there, in %s", async (kind) => {
      const ada = await stage.open(kind, `${home}/`, "Ada");
      await ada.press("New call");
      await ada.type("Your name", "Ada");
      await ada.press("Join");
      await ada.waitForButton("Leave");
      expect(new URL(ada.page.url()).pathname).toMatch(/^\/parley\/r\/[^/]+$/u);
      // A page that is loaded anew lies deeper than the one before: it has to find its files too.
      await ada.page.reload();
      await ada.waitForButton("Mute microphone");
    });

    it("nothing moves under the pointer when the code appears", async () => {
      const ada = await stage.open("chromium", `${home}/`, "Ada", {}, () => {
        const answered = new Promise((resolve) => addEventListener("answered", resolve, { once: true }));
        const { fetch } = window;
        window.fetch = async (...request) => {
          await answered;
          return fetch(...request);
        };
      });
      const top = (): Promise<number | undefined> =>
        ada.page.evaluate(() => window.probe.button("New call")?.getBoundingClientRect().top);
      await ada.waitForButton("New call");
      await ada.settle();
      const before = await top();
      await ada.page.evaluate(() => dispatchEvent(new Event("answered")));
      await ada.waitForText(`${home}/`);
      await ada.settle();
      expect(await top()).toBe(before);
    });

    it.each(inChromium)("the landing page shows the way to it as a QR code, except to phones, in %s", async (kind) => {
      const ada = await stage.open(kind, `${home}/`, "Ada");
      await ada.waitForText(`${home}/`);
      const codes = (): Promise<{ alt: string; loaded: boolean; shown: boolean }[]> =>
        ada.page.evaluate(() =>
          window.probe
            .all("img")
            .filter((image) => image instanceof HTMLImageElement)
            .map((image) => ({ alt: image.alt, loaded: image.naturalWidth > 0, shown: image.offsetWidth > 0 })),
        );
      await eventually("the code is loaded", async () => (await codes())[0]?.loaded);
      expect(await codes()).toEqual([{ alt: `QR code that opens ${home}/`, loaded: true, shown: true }]);
      if (kind === "chromium") {
        await expectAccessible(ada, "the landing page with a QR code");
        await photograph(ada, "landing-code");
        await ada.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
        // Loaded in the dark, not on its way into it.
        await ada.page.reload();
        await ada.waitForText(`${home}/`);
        await expectAccessible(ada, "the landing page with a QR code, dark");
        await photograph(ada, "landing-code-dark");
      }
      await ada.page.setViewport({ width: 390, height: 844 });
      await eventually("the code is hidden", async () => (await codes())[0]?.shown === false);
    });
  });
});

describe("with a certificate that the server made itself", () => {
  const stage = useStage({}, { bare: true });
  let parley: Parley | undefined;
  let url = "";

  beforeAll(async () => {
    parley = await Parley.start({ urls: "http://127.0.0.1:0;https://127.0.0.1:0", "Parley:Https:SelfSigned": "true" });
    url = /https:\/\/127\.0\.0\.1:\d+/u.exec(parley.output)?.[0] ?? "";
  });

  afterAll(() => parley?.stop());

  it("people who say that they know see and hear each other, by WebSocket", async () => {
    for (const person of await meet(stage, url)) {
      expect(await person.page.evaluate(() => window.webSockets)).toBe(1);
    }
  });
});
