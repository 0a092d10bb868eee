import { describe, expect, it } from "vitest";
import { expectAccessible } from "../harness/accessibility.js";
import type { Participant } from "../harness/participant.js";
import { inspect } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

interface Sending {
  readonly active: boolean;
  readonly scale: number;
  readonly lines: number;
  readonly frames: number;
}

/** What a participant sends of the camera to whoever there is; one for each connection that is open. */
function sending(person: Participant): Promise<Sending[]> {
  return person.page.evaluate(async () => {
    const open = window.probe.connections.filter((connection) => connection.connectionState === "connected");
    return Promise.all(
      open.map(async (connection) => {
        const sender = connection.getSenders().find((each) => each.track?.kind === "video");
        const [encoding] = sender?.getParameters().encodings ?? [];
        const stats = [...((await sender?.getStats())?.values() ?? [])] as Record<string, unknown>[];
        const outbound = stats.find(({ type }) => type === "outbound-rtp");
        return {
          active: encoding?.active ?? false,
          scale: encoding?.scaleResolutionDownBy ?? 1,
          lines: Number(outbound?.["frameHeight"] ?? 0),
          frames: Number(outbound?.["framesEncoded"] ?? 0),
        };
      }),
    );
  });
}

/** Who goes first of what a participant sends, by kind. */
function priorities(person: Participant): Promise<Record<string, unknown>> {
  return person.page.evaluate(() => {
    const open = window.probe.connections.find((connection) => connection.connectionState === "connected");
    const senders = (open?.getSenders() ?? []).filter((each) => each.track !== null);
    return Object.fromEntries(
      senders.map((each) => [each.track?.kind ?? "", each.getParameters().encodings[0]?.priority]),
    );
  });
}

function waitForSending(person: Participant, what: string, check: (sending: Sending) => boolean): Promise<Sending> {
  return eventually(
    `${person.name} sends ${what}`,
    async () => (await sending(person)).find(check) ?? null,
    async () => ({ sending: await sending(person), page: await person.describe() }),
  );
}

/** Does something with the own tile, by its menu. */
async function ask(person: Participant, what: "Pin" | "Unpin" | "Full screen"): Promise<void> {
  const own = `${person.name} (You)`;
  await person.press(`More: ${own}`);
  await person.press(`${what}${what === "Full screen" ? ":" : ""} ${own}`);
}

function attribute(person: Participant, selector: string, name: string): Promise<string | null> {
  return person.page.evaluate((s, n) => window.probe.all(s)[0]?.getAttribute(n) ?? null, selector, name);
}

function waitForAttribute(person: Participant, selector: string, name: string, value: string): Promise<boolean> {
  return eventually(
    `${person.name} sees ${selector} with ${name} ${value}`,
    async () => (await attribute(person, selector, name)) === value,
    async () => ({ now: await attribute(person, selector, name), page: await person.describe() }),
  );
}

/** A microphone that is on and gives nothing, as one whose own switch is off. */
function installSilence(): void {
  const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    if (constraints?.audio === undefined || constraints.audio === false) {
      return stream;
    }
    const context = new AudioContext();
    const silent = context.createMediaStreamDestination();
    const gain = context.createGain();
    gain.gain.value = 0;
    context.createMediaStreamSource(stream).connect(gain).connect(silent);
    return new MediaStream([...stream.getVideoTracks(), ...silent.stream.getAudioTracks()]);
  };
}

describe("a call that stays good, in Chromium and Firefox", () => {
  const stage = useStage({}, { bare: true });

  it("sends as much as is seen, says how things are, and shows a code to compare", async () => {
    const [ada, grace] = await stage.pair("chromium", "firefox");
    const pair = [ada, grace] as const;
    for (const person of pair) {
      await waitForSending(
        person,
        "the whole picture",
        ({ active, scale, lines }) => active && scale === 1 && lines === 180,
      );
      await eventually(
        `${person.name}'s browser lets the sound go first`,
        async () => {
          const { audio, video } = await priorities(person);
          return audio === "high" && video === "low";
        },
        () => priorities(person),
      );
    }

    // Speech is mended where it is lost, and silence costs nothing: what the other end is said to ask for (RFC 7587, 6.1).
    for (const person of pair) {
      const asked = await person.page.evaluate(() =>
        window.probe.connections.map(
          ({ remoteDescription }) => /^a=fmtp:.*useinbandfec.*$/m.exec(remoteDescription?.sdp ?? "")?.[0],
        ),
      );
      expect(asked).toHaveLength(1);
      expect(asked[0]).toMatch(/useinbandfec=1/);
      expect(asked[0]).toMatch(/usedtx=1/);
    }

    // Whoever looks at themselves sees the other one small, or not at all. On a screen with few pixels, as the picture that the
    // fake cameras give has few.
    await grace.page.setViewport({ width: 640, height: 400, deviceScaleFactor: 0.5 });
    await ask(grace, "Full screen");
    await waitForSending(ada, "no picture that nobody sees", ({ active }) => !active);
    await grace.page.keyboard.press("Escape");
    await waitForSending(ada, "the picture again", ({ active }) => active);
    await ask(grace, "Pin");
    await waitForSending(ada, "a smaller picture", ({ active, scale, lines }) => active && scale > 1 && lines < 180);
    await ask(grace, "Unpin");
    await grace.page.setViewport({ width: 1280, height: 800, deviceScaleFactor: 1 });
    await waitForSending(ada, "the whole picture", ({ scale, lines }) => scale === 1 && lines === 180);
    await grace.waitForMedia("Ada");

    // Sound alone.
    await ada.press("Turn off incoming video");
    await grace.waitForTiles("Ada without camera", (tiles) => tiles.some(({ cam }) => cam === "off"));
    await waitForSending(grace, "no picture", ({ active }) => !active);
    await ada.waitForButton("Turn camera on");
    await ada.press("Turn on incoming video");
    await stage.everyoneReceivesEveryone();

    // Talking while muted: the fake microphones never stop.
    await ada.press("Mute microphone");
    await ada.waitForText("You are talking while muted");
    await ada.press("Unmute microphone");
    await ada.waitForNoText("You are talking while muted");

    for (const person of pair) {
      await person.press("Statistics");
      await eventually(
        `${person.name} sees figures in all plots`,
        () =>
          person.page.evaluate(() => {
            const plots = window.probe.all("[data-plot]");
            const values = plots.map((plot) =>
              [...plot.querySelectorAll("[data-value]")].map((each) => each.textContent),
            );
            return plots.length === 5 && values.flat().every((value) => /\d/.test(value ?? ""));
          }),
        () => person.page.evaluate(() => window.probe.all("[data-value]").map((each) => each.textContent)),
      );
    }
    await inspect(ada, "quality-statistics");

    // The same digits at both ends.
    await ada.press("Participants");
    await ada.press("Connection to Grace");
    await grace.press("Participants");
    await grace.press("Connection to Ada");
    const codes = await Promise.all(
      pair.map((person) =>
        eventually(`${person.name} sees a code`, () => attribute(person, "[data-code]", "data-code")),
      ),
    );
    expect(codes[0]).toMatch(/^\d{5}( \d{5}){5}$/);
    expect(codes[1]).toBe(codes[0]);
    await ada.press("Why is it bad? Connection to Grace");
    await eventually("Ada reads who is to blame", () => attribute(ada, "[data-culprit]", "data-culprit"));
    await grace.press("Mark as verified: the code of Ada");
    await grace.waitForText("Verified: you have compared these digits.");
    await waitForAttribute(grace, "parley-quality-mark", "data-keys", "verified");
    await expectAccessible(grace, "the details of a connection");
    await inspect(ada, "quality-details");
    // Another page load has another certificate: to Grace it might be anybody.
    await ada.page.reload();
    await waitForAttribute(grace, "parley-quality-mark", "data-keys", "changed");
    await grace.waitForText("The keys have changed since you compared the digits.");
    await eventually("Grace sees another code", async () => {
      const code = await attribute(grace, "[data-code]", "data-code");
      return code !== null && code !== codes[0];
    });
    expect([...ada.errors, ...grace.errors]).toEqual([]);
  });

  it("names a microphone that is silent, at both ends", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada", installSilence);
    const grace = await stage.join("firefox", room, "Grace");
    await ada.waitForText("Your microphone is silent");
    await ada.press("Participants");
    await ada.press("Your own connection");
    await ada.press("Why is it bad? My own connection");
    await waitForAttribute(ada, "[data-culprit]", "data-culprit", "my-microphone");
    await grace.press("Participants");
    await grace.press("Connection to Ada");
    await eventually("Grace reads that it is Ada's microphone", async () => {
      await grace.pressIfShown("Why is it bad? Connection to Ada");
      return (await attribute(grace, "[data-culprit]", "data-culprit")) === "their-microphone";
    });
    expect([...ada.errors, ...grace.errors]).toEqual([]);
  });
});
