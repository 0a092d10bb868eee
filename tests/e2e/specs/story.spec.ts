import { describe, expect, it } from "vitest";
import { expectAccessible } from "../harness/accessibility.js";
import { chromiumFirst, inChromium } from "../harness/breadth.js";
import { Participant } from "../harness/participant.js";
import { installPortrait } from "../harness/portrait.js";
import { photograph, viewports } from "../harness/screens.js";
import { Server } from "../harness/server.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

declare global {
  interface Window {
    /** How often the panel asked a connection for its statistics; the call itself does so too, to see how well it goes. */
    statisticsAsked: number;
  }
}

function countStatistics(): void {
  window.statisticsAsked = 0;
  const { getStats } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.getStats = function (this: RTCPeerConnection, selector) {
    if (/\/later-(story|reading)-/.test(new Error().stack ?? "")) {
      window.statisticsAsked += 1;
    }
    return getStats.call(this, selector);
  } as typeof getStats;
}

async function openStory(participant: Participant): Promise<void> {
  // A panel in a tab that nobody sees asks nothing.
  await participant.page.bringToFront();
  await participant.press("Settings");
  await participant.press("How this call works");
  await participant.waitForText("You and the server");
}

/** Opens every line of the panel whose words fit. */
async function unfold(participant: Participant, words: RegExp, most = Infinity): Promise<void> {
  const opened = await eventually(`${participant.name} sees a line ${String(words)}`, () =>
    participant.page.evaluate(
      (pattern, limit) => {
        const lines = window.probe
          .all("summary")
          .filter((s): s is HTMLElement => s instanceof HTMLElement && new RegExp(pattern).test(window.probe.name(s)))
          .slice(0, limit);
        for (const line of lines) {
          if (!(line.parentElement as HTMLDetailsElement).open) {
            line.click();
          }
        }
        return lines.length;
      },
      words.source,
      most === Infinity ? 1_000 : most,
    ),
  );
  expect(opened).toBeGreaterThan(0);
}

describe("“How this call works”", () => {
  const stage = useStage({}, { bare: true });

  it.each(chromiumFirst)("shows the real connection: %s, then %s", async (first, second) => {
    const [ada, grace] = await stage.pair(first, second);
    for (const person of [ada, grace]) {
      await openStory(person);
      // Who is there offers to who comes.
      for (const title of person === ada
        ? ["Sent an offer", "Received the answer"]
        : ["Received an offer", "Sent the answer"]) {
        await person.waitForText(title);
      }
      await person.waitForText("You pressed Join");
      await person.waitForText(/Connected by (HTTP long-polling|WebSocket) −?[\d ]+ms/);
      await person.waitForText(/Let in [\d ]+ms/);
      for (const step of [
        "First ICE candidate",
        "ICE checks paths",
        "ICE found a path",
        "DTLS agreed on keys",
        "Data channel open",
        "First packet of sound",
        "First packet of video",
        "First picture shown",
      ]) {
        await person.waitForText(new RegExp(`${step} [\\d ]+ms`));
      }
      await person.waitForText("From device to device");
      await person.waitForText(/Your end (host|srflx|prflx) udp (\d+\.\d+\.\d+\.\d+|\[[\da-f:]+\]):\d+/);
      await person.waitForText(/sent: host \d+.* received: host \d+/);
      await person.waitForText(/Round trip (under 1|\d+) ms/);
      await person.waitForText(/ICE: (connected|completed), DTLS: connected, Connection: connected/);
      await person.waitForText(/DTLS 1\.[23], TLS_\w+/);
      await person.waitForText(/Your part (client: began|server: waited)/);
      await person.waitForText(/SRTP SRTP_A\w+/);
      // Firefox 153 tells no fingerprints; that is said, and nothing made up.
      await person.waitForText(
        person.kind === "chromium"
          ? /Your certificate ([\dA-F]{2}:){31}[\dA-F]{2}/
          : "Your certificate not told by this browser",
      );
      await person.waitForText(/Microphone you send opus \d+ kbit\/s/);
      await person.waitForText(/Camera you receive VP8 \d+×\d+ \d+ kbit\/s, \d+ pictures a second/);
      await person.waitForText("parley open");

      await unfold(person, /^Every message and state/);
      await unfold(person, /^(Offer|Answer) (sent|received)/);
      await person.waitForText("Hash of the certificate that the DTLS handshake must show.");
      await person.waitForText("a=fingerprint:sha-256");
      await person.waitForText("m=application");
      await unfold(person, /^Candidate sent/, 1);
      await unfold(person, /^Candidate received/, 1);
      await person.waitForText(/candidate:\S+ 1 (udp|tcp) \d+ \S+ \d+ typ (host|srflx|relay)/);
      expect(person.errors).toEqual([]);
    }
    // One end begins the handshake, the other waits for it.
    const parts = await Promise.all(
      [ada, grace].map((p) => p.page.evaluate(() => /Your part (client|server)/.exec(window.probe.text())?.[1])),
    );
    expect(parts.sort()).toEqual(["client", "server"]);
  });

  it.each(inChromium)("costs nothing before and after in %s", async (kind) => {
    const room = stage.newRoom();
    const ada = await stage.open(kind, "about:blank", "Ada", {}, countStatistics);
    const loaded: string[] = [];
    ada.page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    await ada.page.goto(stage.server.link(room, "Ada"));
    const grace = await stage.join("chromium", room, "Grace");
    await grace.waitForMedia("Ada");
    const parts = (): string[] => loaded.filter((path) => /\/later-(story|reading)-/.test(path));
    const asked = (): Promise<number> => ada.page.evaluate(() => window.statisticsAsked);
    expect([parts(), await asked()]).toEqual([[], 0]);

    await openStory(ada);
    expect(parts()).not.toEqual([]);
    await eventually("the browser is asked again and again", async () => (await asked()) > 2);
    await ada.page.keyboard.press("Escape");
    expect(await ada.focused()).toBe("Settings");
    const before = await asked();
    // Long enough for two more questions, if there were any.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await asked()).toBe(before);
  });

  it("tells who came after whom, and what happened to the connections of those who left", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada");
    await openStory(ada);
    await ada.waitForText("Nobody else has been here yet");
    await stage.join("chromium", room, "Grace");
    const edsger = await stage.join("firefox", room, "Edsger");
    await stage.everyoneReceivesEveryone();
    await ada.waitForText(/Grace Connection 1, in use/);
    await ada.waitForText(/Edsger Connection 1, in use/);
    await edsger.press("Leave");
    await ada.waitForText(/Edsger Connection 1, ended at [\d ]+ms/);
    await ada.waitForText(/Grace Connection 1, in use/);
  });

  it("lists a connection that was replaced below the one that took its place", async () => {
    const [ada, grace] = await stage.pair("chromium", "firefox");
    await openStory(ada);
    await ada.waitForText(/Grace Connection 1, in use/);
    await grace.page.reload();
    await ada.waitForText(/Grace Connection 2, in use/);
    await stage.everyoneReceivesEveryone();
    await ada.waitForText("Earlier connections");
    await unfold(ada, /^Connection 1, ended at/);
    await ada.waitForText(/First picture shown .* Earlier connections .* Sent an offer/);
  });

  it("that cannot be loaded says so, and is loaded when the server is back", async () => {
    const before = await Server.start();
    const ada = await Participant.join(await stage.browser("chromium"), before.link("gone", "Ada"), "Ada");
    stage.present.push(ada);
    await ada.waitForText("You are the only one here");
    await before.stop();
    await ada.waitForText("The server is out of reach");
    await ada.press("Settings");
    await ada.press("How this call works");
    await ada.waitForText("This part of the page could not be loaded");
    const after = await Server.start({ urls: before.url });
    try {
      await ada.waitForText("Connected again");
      await ada.press("Try again");
      await ada.waitForText("You and the server");
    } finally {
      await after.stop();
    }
  });

  it("is reached by keyboard, accessible, and fits a phone", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada", installPortrait);
    await stage.join("chromium", room, "Grace Hopper", installPortrait);
    await stage.everyoneReceivesEveryone();
    await ada.tabTo("Participants");
    await ada.page.keyboard.press("Enter");
    await ada.tabTo("How this call works");
    await ada.page.keyboard.press("Enter");
    await ada.waitForText(/First picture shown [\d ]+ms/);
    await ada.tabTo("Close");
    await ada.waitForText(/Camera you receive VP8 \d+×\d+ \d+ kbit/);
    for (const name of ["story", "story-unfolded"]) {
      for (const { width, height } of viewports) {
        await ada.page.setViewport({ width, height });
        await ada.settle();
        await expectAccessible(ada, `${name} at ${String(width)} px`);
        const overflow = await ada.page.evaluate(() =>
          Math.max(
            document.documentElement.scrollWidth - innerWidth,
            ...window.probe.all("parley-story, .card, parley-sdp").map((e) => e.scrollWidth - e.clientWidth),
          ),
        );
        expect(overflow, `${name} at ${String(width)} px: pixels too wide`).toBeLessThanOrEqual(0);
      }
      await photograph(ada, name);
      await unfold(ada, /^Every message and state/);
      await unfold(ada, /^Offer sent/);
      await unfold(ada, /^Candidate received/, 2);
      await ada.waitForText("Version of SDP");
    }
    await ada.page.keyboard.press("Escape");
    expect(await ada.focused()).toBe("Participants");
    expect(ada.errors).toEqual([]);
  });
});
