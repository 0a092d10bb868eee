import { describe, expect, it } from "vitest";
import type { BrowserKind } from "../harness/browsers.js";
import type { Participant } from "../harness/participant.js";
import { installPlugs } from "../harness/plugs.js";
import type { Tile } from "../harness/probe.js";
import { inspect } from "../harness/screens.js";
import { useStage } from "../harness/stage.js";
import { eventually } from "../harness/waiting.js";

describe.each<[BrowserKind]>([["chromium"], ["firefox"]])("devices in %s", (kind) => {
  const stage = useStage();

  it("permission denied: says so and what to do, and lets one join without", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("chromium", room, "Ada");
    const grace = await stage.open(kind, stage.server.link(room), "Grace", { devices: "denied" });
    await grace.waitForText("Camera and microphone are blocked");
    await grace.waitForText("Allow them next to the address bar");
    await grace.waitForText("You will join without camera and microphone");
    await grace.type("Your name", "Grace");
    await grace.press("Join");
    await grace.waitForMedia("Ada");
    await ada.waitForTiles("Grace with neither", (tiles) =>
      tiles.some((t) => t.name === "Grace" && t.mic === "off" && t.cam === "off"),
    );
  });

  it("permission denied in the link that skips the lobby: joins and says so", async () => {
    const grace = await stage.open(kind, stage.server.link(stage.newRoom(), "Grace"), "Grace", { devices: "denied" });
    await grace.waitForButton("Leave");
    await grace.waitForText("Camera and microphone are blocked");
    await grace.waitForButton("Unmute microphone");
    await grace.waitForButton("Turn camera on");
  });

  it("the lobby shows the camera, lets one choose, and remembers the name", async () => {
    const room = stage.newRoom();
    const ada = await stage.open(kind, stage.server.link(room), "Ada");
    await ada.waitForMovingPreview();
    await ada.press("Turn camera off");
    await ada.waitForText("Your camera is off");
    expect(await ada.hasNoLiveCamera()).toBe(true);
    await ada.press("Turn camera on");
    await ada.waitForMovingPreview();
    await ada.press("Mute microphone");
    await ada.type("Your name", "Ada Lovelace");
    await ada.press("Join");
    await ada.waitForButton("Unmute microphone");
    const grace = await stage.join("chromium", room, "Grace");
    await grace.waitForTiles("Ada, muted", (tiles) => tiles.some((t) => t.name === "Ada Lovelace" && t.mic === "off"));

    // Another room: to this one she would return at once.
    await ada.page.goto(stage.server.link(stage.newRoom()));
    await ada.waitForMovingPreview();
    expect(await ada.valueOf("Your name")).toBe("Ada Lovelace");
  });
});

describe("without any device", () => {
  const stage = useStage();

  it("one can join, see and hear", async () => {
    const room = stage.newRoom();
    await stage.join("chromium", room, "Ada");
    const grace = await stage.open("chromium", stage.server.link(room), "Grace", { devices: "missing" });
    await grace.waitForText("No camera and no microphone found");
    await grace.type("Your name", "Grace");
    await grace.press("Join");
    await grace.waitForMedia("Ada");
  });

  it("sound that the browser refuses to start waits behind a button", async () => {
    const room = stage.newRoom();
    await stage.join("chromium", room, "Ada");
    const grace = await stage.open("chromium", stage.server.link(room, "Grace"), "Grace", {}, () => {
      // What browsers do on a page that nobody has touched; a click is needed first.
      const play = HTMLMediaElement.prototype.play;
      let touched = false;
      addEventListener("click", () => (touched = true), { capture: true });
      HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
        const refuses = this instanceof HTMLAudioElement && !touched;
        return refuses ? Promise.reject(new DOMException("no gesture", "NotAllowedError")) : play.call(this);
      };
    });
    await grace.press("Start audio");
    await grace.waitForMedia("Ada");
    await grace.waitForNoButton("Start audio");
  });
});

const ada = (state: Partial<Tile>) => (tiles: Tile[]) =>
  tiles.some((t) => t.name === "Ada" && !t.screen && Object.entries(state).every(([k, v]) => t[k as keyof Tile] === v));

const unplug = (person: Participant, ...labels: string[]) =>
  person.page.evaluate((l) => window.plugs.unplug(...l), labels);
const plugIn = (person: Participant, ...labels: string[]) =>
  person.page.evaluate((l) => window.plugs.plugIn(...l), labels);

/** A device that ends in its first two seconds counts as broken, and is not replaced. */
const waitForTrust = (person: Participant) =>
  eventually(
    `${person.name}'s devices have been open for a while`,
    () =>
      person.page.evaluate(() =>
        window.probe.all("video").some((video) => {
          const { srcObject, currentTime } = video as HTMLVideoElement;
          const track = srcObject instanceof MediaStream ? srcObject.getTracks()[0] : undefined;
          return track !== undefined && window.probe.captured.includes(track) && currentTime > 2.5;
        }),
      ),
    () => person.describe(),
  );

describe("changing devices in the call", () => {
  const stage = useStage();

  it("microphone, camera and speaker, while the other side goes on receiving, and they are remembered", async () => {
    const [person, grace] = await stage.pair("chromium", "firefox");
    await person.press("Settings");
    const tracks = () => person.page.evaluate(() => window.probe.captured.map((t) => [t.label, t.readyState]));
    await person.choose("Camera", "fake_device_2");
    await person.choose("Microphone", "Fake Audio Input 2");
    await eventually(
      "the others are let go of",
      async () => {
        const live = (await tracks()).filter(([, state]) => state === "live").map(([label]) => label);
        return live.length === 2 && live.includes("fake_device_2") && live.includes("Fake Audio Input 2");
      },
      tracks,
    );
    await grace.waitForMedia("Ada");

    await person.choose("Speaker", "Fake Audio Output 1");
    await eventually("Grace is heard there", () =>
      person.page.evaluate(async () => {
        const chosen = (await navigator.mediaDevices.enumerateDevices()).find((d) => d.label === "Fake Audio Output 1");
        const elements = window.probe.all("audio") as HTMLAudioElement[];
        return elements.length > 0 && elements.every((e) => e.sinkId === chosen?.deviceId && !e.paused);
      }),
    );
    await person.waitForMedia("Grace");

    await person.page.reload();
    await person.waitForPeople("Grace");
    await person.press("Settings");
    await person.waitForChoice("Camera", "fake_device_2");
    await person.waitForChoice("Microphone", "Fake Audio Input 2");
    await person.waitForChoice("Speaker", "Fake Audio Output 1");
    expect(person.errors).toEqual([]);
  });

  it("a test sound is heard on the chosen speaker, in the lobby too", async () => {
    const person = await stage.open("chromium", stage.server.link(stage.newRoom()), "Ada", {}, () => {
      const play = HTMLMediaElement.prototype.play;
      const heard: string[] = [];
      Object.assign(window, { heard });
      HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
        if (this instanceof HTMLAudioElement) heard.push(this.sinkId);
        return play.call(this);
      };
    });
    await person.waitForMovingPreview();
    await inspect(person, "lobby-devices");
    await person.choose("Speaker", "Fake Audio Output 2");
    await person.press("Play a test sound");
    await person.waitForText("Playing a test sound");
    await person.waitForNoText("Playing a test sound");
    const [on, expected] = await person.page.evaluate(async () => [
      (window as unknown as { heard: string[] }).heard,
      (await navigator.mediaDevices.enumerateDevices()).find((d) => d.label === "Fake Audio Output 2")?.deviceId,
    ]);
    expect(on).toEqual([expected]);
    await person.waitForNoText("The sound did not start");
    expect(person.errors).toEqual([]);
  });

  it("firefox offers the browser's own list of speakers", async () => {
    const person = await stage.open("firefox", stage.server.link(stage.newRoom()), "Ada");
    await person.waitForButton("Play a test sound");
    await person.waitForButton("More speakers…");
    expect(await person.options("Speaker")).toEqual(["System default"]);
  });
});

describe("a device that is pulled out in the call", () => {
  const stage = useStage();

  async function pair(kind: BrowserKind): Promise<[Participant, Participant]> {
    const room = stage.newRoom();
    const person = await stage.join(kind, room, "Ada", installPlugs);
    const grace = await stage.join("chromium", room, "Grace");
    await stage.everyoneReceivesEveryone();
    await waitForTrust(person);
    return [person, grace];
  }

  it("microphone and camera are replaced, which is said, and used again once they are back", async () => {
    const [person, grace] = await pair("chromium");
    // Chromium's second fake camera gives pictures that nothing encodes.
    await unplug(person, "Fake Default Audio Input", "fake_device_0", "fake_device_1");
    await person.waitForText("“Fake Default Audio Input” was disconnected");
    await person.waitForText("The others now hear you through “Fake Audio Input 1”.");
    await person.waitForText("“fake_device_0” was disconnected");
    await person.waitForText("The others now see you through “fake_device_2”.");
    await person.waitForButton("Mute microphone");
    await grace.waitForMedia("Ada");
    await inspect(person, "notices");

    await plugIn(person, "Fake Default Audio Input", "fake_device_0");
    await person.waitForText("“Fake Default Audio Input” is back");
    await person.waitForText("“fake_device_0” is back");
    await grace.waitForMedia("Ada");
    await person.press("Dismiss: “Fake Default Audio Input” is back");
    await person.press("Dismiss: “fake_device_0” is back");
    await person.waitForNoText("is back");
    expect(person.errors).toEqual([]);
  });

  it("a muted microphone is replaced muted", async () => {
    const [person, grace] = await pair("chromium");
    await person.press("Mute microphone");
    await grace.waitForTiles("Ada muted", ada({ mic: "off" }));
    await unplug(person, "Fake Default Audio Input");
    await person.waitForText("You are still muted. When you unmute, “Fake Audio Input 1” is used.");
    await person.waitForButton("Unmute microphone");
    await grace.waitForSilence();
    await person.press("Unmute microphone");
    await grace.waitForMedia("Ada");
  });

  it.each<[BrowserKind, string[]]>([
    ["chromium", ["fake_device_0", "fake_device_1", "fake_device_2"]],
    ["firefox", ["Default Video Device"]],
  ])(
    "with no other camera it is off in %s, which is said, and once it is back it is used again",
    async (kind, cameras) => {
      const [person, grace] = await pair(kind);
      await unplug(person, ...cameras);
      await person.waitForText("There is no other camera");
      await person.waitForButton("Turn camera on");
      await grace.waitForTiles("Ada without camera", ada({ cam: "off", mic: "on" }));
      await plugIn(person, ...cameras);
      await person.waitForText("is back");
      // By itself if it was soon, and a busy machine is not.
      await person.pressIfShown("Turn camera on");
      await grace.waitForMedia("Ada");
    },
  );

  it("the speaker gives way to the default, which is said", async () => {
    const [person] = await pair("chromium");
    await person.press("Settings");
    await person.choose("Speaker", "Fake Audio Output 1");
    await unplug(person, "Fake Audio Output 1");
    await person.waitForText("You now hear the others through the system’s default.");
    await person.waitForChoice("Speaker", "System default");
    await eventually("Grace is heard on the default", () =>
      person.page.evaluate(() => (window.probe.all("audio") as HTMLAudioElement[]).every((e) => e.sinkId === "")),
    );
    await person.waitForMedia("Grace");
  });
});

describe("permission", () => {
  const stage = useStage();

  it("that is taken away in the call is noticed, told apart from unplugging, and given again it is back", async () => {
    const browser = await stage.browser("chromium", { devices: "asked" });
    const room = stage.newRoom();
    const person = await stage.open("chromium", "about:blank", "Ada", { devices: "asked" });
    await browser.permit(person.page, "camera", "granted");
    await browser.permit(person.page, "microphone", "granted");
    await person.page.goto(stage.server.link(room, "Ada"));
    await person.waitForButton("Leave");
    const grace = await stage.join("chromium", room, "Grace");
    await stage.everyoneReceivesEveryone();

    await browser.permit(person.page, "microphone", "denied");
    await person.waitForText("Microphone access was taken away");
    await grace.waitForTiles("Ada without microphone", ada({ mic: "off", cam: "on" }));
    await person.press("Unmute microphone");
    await person.waitForText("Microphone access is blocked");
    await grace.waitForFrames((t) => t.name === "Ada", 1, "Ada's camera, which was not meant");

    await browser.permit(person.page, "microphone", "granted");
    await person.waitForButton("Mute microphone");
    await person.waitForNoText("Microphone access");
    await grace.waitForMedia("Ada");
  });

  it("that was refused and is given in the lobby turns on what was wanted", async () => {
    const browser = await stage.browser("chromium", { devices: "asked" });
    const person = await stage.open("chromium", "about:blank", "Ada", { devices: "asked" });
    await browser.permit(person.page, "camera", "denied");
    await browser.permit(person.page, "microphone", "granted");
    await person.page.goto(stage.server.link(stage.newRoom()));
    await person.waitForText("Camera access is blocked");
    await browser.permit(person.page, "camera", "granted");
    await person.waitForMovingPreview();
    await person.waitForNoText("Camera access is blocked");
  });
});

describe("interruptions", () => {
  const stage = useStage();

  it.each<[BrowserKind]>([["chromium"], ["firefox"]])("what the system mutes in %s is not claimed", async (kind) => {
    const [person, grace] = await stage.pair(kind, "chromium");
    const silence = (muted: boolean) =>
      person.page.evaluate((m) => {
        for (const track of window.probe.captured.filter((t) => t.readyState === "live")) {
          Object.defineProperty(track, "muted", { value: m, configurable: true });
          track.dispatchEvent(new Event(m ? "mute" : "unmute"));
        }
      }, muted);
    await silence(true);
    await person.waitForText("Camera and microphone are paused by the system");
    await person.waitForButton("Mute microphone");
    await person.waitForButton("Turn camera off");
    await grace.waitForTiles("Ada neither seen nor heard", ada({ mic: "off", cam: "off" }));
    await silence(false);
    await person.waitForNoText("paused by the system");
    await grace.waitForTiles("Ada again", ada({ mic: "on", cam: "on" }));
    await grace.waitForMedia("Ada");
  });

  it("sound that something paused goes on", async () => {
    const [person] = await stage.pair("chromium", "chromium");
    await person.page.evaluate(() => {
      for (const element of window.probe.all("audio")) (element as HTMLAudioElement).pause();
    });
    await eventually("Grace is played again", () =>
      person.page.evaluate(() => (window.probe.all("audio") as HTMLAudioElement[]).every((e) => !e.paused)),
    );
    await person.waitForMedia("Grace");
  });
});

describe("what a device or a page cannot do", () => {
  const stage = useStage();

  it("a camera that does little is asked for less", async () => {
    const person = await stage.open("chromium", stage.server.link(stage.newRoom()), "Ada", {}, () => {
      const devices = navigator.mediaDevices;
      const capture = devices.getUserMedia.bind(devices);
      devices.getUserMedia = (constraints) => {
        const demanding = Object.keys((constraints?.video ?? {}) as object).some((k) => k !== "deviceId");
        return demanding ? Promise.reject(new OverconstrainedError("width")) : capture(constraints);
      };
    });
    await person.waitForMovingPreview();
    await person.waitForButton("Turn camera off");
  });

  it("a page that is not secure says so, and how to get to one", async () => {
    const link = stage.server.link(stage.newRoom()).replace("127.0.0.1", "insecure.test");
    const person = await stage.open("chromium", link, "Ada");
    await person.waitForText("Camera and microphone need a secure page");
    await person.waitForText("https://");
    await person.waitForText("http://localhost");
  });
});

describe("the screens of this chapter", () => {
  const stage = useStage();

  it("settings in the call", async () => {
    const [person] = await stage.pair("chromium", "chromium");
    await person.press("Settings");
    await person.waitForChoice("Speaker", "System default");
    await inspect(person, "settings");
  });

  it("several things that happened at once hide no control on a phone", async () => {
    const room = stage.newRoom();
    const person = await stage.join("chromium", room, "Ada", installPlugs);
    await stage.join("chromium", room, "Grace");
    await stage.everyoneReceivesEveryone();
    await person.press("Settings");
    await person.choose("Speaker", "Fake Audio Output 1");
    await waitForTrust(person);
    await unplug(
      person,
      "Fake Default Audio Input",
      "fake_device_0",
      "fake_device_1",
      "fake_device_2",
      "Fake Audio Output 1",
    );
    await person.waitForText("There is no other camera");
    await person.waitForText("through the system’s default");
    for (const [width, height] of [
      [360, 740],
      [740, 360],
    ] as const) {
      await person.page.setViewport({ width, height });
      await person.settle();
      const hidden = await person.page.evaluate(() => {
        const names = ["Mute microphone", "Turn camera on", "Leave", "More", "Close"];
        return names.filter((name) => {
          const button = window.probe.button(name);
          const box = button?.getBoundingClientRect();
          if (box === undefined) return true;
          let hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          while (hit?.shadowRoot != null) {
            const inner = hit.shadowRoot.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            if (inner === null || inner === hit) break;
            hit = inner;
          }
          return hit !== button && button?.contains(hit) !== true;
        });
      });
      expect(hidden, `at ${String(width)} by ${String(height)}`).toEqual([]);
    }
    await inspect(person, "notices-and-settings");
    await person.press("Settings");
    await inspect(person, "notices-many");
  });
});
