import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Browser, type BrowserKind } from "../harness/browsers.js";
import { Participant } from "../harness/participant.js";
import { Server } from "../harness/server.js";

/**
 * How long it takes from pressing "Join", with open devices, until the first frame of another person is shown; beside it what two
 * bare peer connections in one page need on the same machine. Printed, not asserted. Run by bench/join-time.sh.
 */
const runs = Number(process.env["PARLEY_RUNS"] ?? 10);

describe.each<BrowserKind>(["chromium", "firefox"])("join time in %s", (kind) => {
  let server: Server;
  let browser: Browser;
  beforeAll(async () => {
    server = await Server.start();
    browser = await Browser.launch(kind);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it(`median of ${String(runs)}`, async () => {
    const joined: number[] = [];
    const bare: number[] = [];
    // By turns, so that whatever else the machine does meets both alike.
    for (let run = 0; run < runs; run += 1) {
      bare.push(await bareTime(browser, server));
      joined.push(await joinTime(browser, server, `join-time-${String(run)}`));
    }
    const goal = 1.5 * median(bare) + 50;
    console.log(
      [
        `${kind}: ${await browser.version()}`,
        `  two bare connections  median ${row(bare)}`,
        `  Join in Parley        median ${row(joined)}`,
        `  goal (1.5 x bare + 50 ms): ${goal.toFixed(0)} ms, ${median(joined) <= goal ? "reached" : "MISSED"}`,
      ].join("\n"),
    );
    expect(joined).toHaveLength(runs);
  });
});

async function joinTime(browser: Browser, server: Server, room: string): Promise<number> {
  const host = await Participant.join(browser, server.link(room, "Ada"), "Ada");
  const guest = await Participant.open(browser, server.link(room), "Grace");
  try {
    await host.waitForMovingPreview();
    await guest.waitForMovingPreview();
    await guest.type("Your name", "Grace");
    await guest.settle();
    return await guest.page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const begin = performance.now();
          const look = (): void => {
            const tile = window.probe.all("[data-participant]")[0];
            const video = tile?.shadowRoot?.querySelector("video");
            if (video?.srcObject == null) requestAnimationFrame(look);
            else video.requestVideoFrameCallback(() => resolve(performance.now() - begin));
          };
          setTimeout(() => reject(new Error("no frame within a minute")), 60_000);
          window.probe.button("Join")?.click();
          look();
        }),
    );
  } finally {
    await guest.close();
    await host.close();
  }
}

async function bareTime(browser: Browser, server: Server): Promise<number> {
  // The lobby has the same camera open and the same interface around it.
  const person = await Participant.open(browser, server.link("bare"), "Bare");
  try {
    await person.waitForMovingPreview();
    return await person.page.evaluate(async () => {
      const tracks = window.probe.captured.filter((t) => t.readyState === "live");
      const video = document.createElement("video");
      video.muted = true;
      video.autoplay = true;
      video.playsInline = true;
      document.body.append(video);
      const begin = performance.now();
      const offerer = new RTCPeerConnection();
      const answerer = new RTCPeerConnection();
      offerer.onicecandidate = ({ candidate }) => void answerer.addIceCandidate(candidate ?? undefined);
      answerer.onicecandidate = ({ candidate }) => void offerer.addIceCandidate(candidate ?? undefined);
      const shown = new Promise<number>((resolve) => {
        answerer.ontrack = ({ track }) => {
          if (track.kind !== "video") return;
          video.srcObject = new MediaStream([track]);
          video.requestVideoFrameCallback(() => resolve(performance.now() - begin));
        };
      });
      // Both ends send, as in a call.
      for (const track of tracks) {
        offerer.addTrack(track);
        answerer.addTrack(track);
      }
      await offerer.setLocalDescription();
      await answerer.setRemoteDescription(offerer.localDescription as RTCSessionDescription);
      await answerer.setLocalDescription();
      await offerer.setRemoteDescription(answerer.localDescription as RTCSessionDescription);
      const time = await shown;
      offerer.close();
      answerer.close();
      return time;
    });
  } finally {
    await person.close();
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function row(values: readonly number[]): string {
  const all = [...values].sort((a, b) => a - b).map((value) => value.toFixed(0));
  return `${median(values).toFixed(0).padStart(5)} ms   (${all.join(" ")})`;
}
