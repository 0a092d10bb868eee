import type { Participant } from "./participant.js";
import { eventually } from "./waiting.js";

/** Somebody who is not there: shown by the room's own view, without a call behind it. */
export interface Extra {
  readonly name: string;
  readonly screen?: boolean;
  readonly speaking?: boolean;
  readonly camera?: boolean;
}

declare global {
  interface Window {
    crowd: {
      show(people: readonly Extra[], ownScreen: boolean): void;
      /** What the room last told of the sizes in which it shows pictures, by participant. */
      sizes(): Record<string, { camera: number; screen: number }>;
    };
  }
}

/**
 * Fills the room of a call that has just begun with people whose cameras are drawn: as many as a test needs, at the price of one
 * browser tab. {@link showCrowd} changes who is there.
 */
export async function gatherCrowd(participant: Participant, people: readonly Extra[]): Promise<void> {
  await eventually("the room is there", () =>
    participant.page.evaluate(() => window.probe.all("parley-room").length > 0),
  );
  await participant.page.evaluate(installCrowd, people);
  await participant.settle();
}

export async function showCrowd(participant: Participant, people: readonly Extra[], ownScreen = false): Promise<void> {
  await participant.page.evaluate((p, own) => window.crowd.show(p, own), people, ownScreen);
  await participant.settle();
}

function installCrowd(first: readonly Extra[]): void {
  const room = window.probe.all("parley-room")[0] as HTMLElement;
  // What the call behind it says about who is there is not heard any more; all the rest is real.
  const property = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(room), "call");
  Object.defineProperty(room, "call", { get: () => property?.get?.call(room) as unknown, set: () => {} });

  // Drawn, since a browser gives one page one fake camera.
  const pictures = new Map<string, MediaStream>();
  const picture = (name: string, screen: boolean): MediaStream => {
    const key = `${name} ${String(screen)}`;
    const known = pictures.get(key);
    if (known !== undefined) {
      return known;
    }
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = screen ? [320, 200] : [160, 90];
    const context = canvas.getContext("2d");
    const hue = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 41, 0) % 360;
    let turn = 0;
    const paint = (): void => {
      if (context === null) {
        return;
      }
      const { width, height } = canvas;
      context.fillStyle = screen ? "#f3f4f1" : `hsl(${String(hue)} 35% 62%)`;
      context.fillRect(0, 0, width, height);
      context.fillStyle = `hsl(${String(hue)} 30% 28%)`;
      if (screen) {
        for (let line = 0; line < 9; line++) {
          context.fillRect(20, 20 + line * 18, 60 + ((line * 67 + hue) % 200), 6);
        }
      } else {
        context.beginPath();
        context.ellipse(80, 96, 40, 34, 0, 0, Math.PI * 2);
        context.fill();
        context.fillStyle = "#dca17e";
        context.beginPath();
        context.ellipse(80 + Math.sin(turn++ / 3), 42, 17, 22, 0, 0, Math.PI * 2);
        context.fill();
      }
    };
    paint();
    setInterval(paint, 200);
    const stream = canvas.captureStream(5);
    pictures.set(key, stream);
    return stream;
  };

  const sizes: Record<string, { camera: number; screen: number }> = {};
  room.addEventListener("shown-sizes", (event) => {
    Object.assign(sizes, Object.fromEntries((event as CustomEvent<Map<string, never>>).detail));
  });
  window.crowd = {
    sizes: () => sizes,
    show: (people, ownScreen) => {
      property?.set?.call(room, {
        phase: { kind: "joined" },
        room: "crowd",
        local: {
          id: "me",
          name: "Ada",
          media: { microphone: true, camera: true, screen: ownScreen },
          camera: picture("Ada", false),
          screen: ownScreen ? picture("Ada", true) : null,
          speaking: false,
        },
        remotes: people.map(({ name, screen = false, speaking = false, camera = true }) => ({
          id: name,
          name,
          media: { microphone: true, camera, screen },
          away: false,
          path: "connected",
          relay: null,
          audio: [],
          camera: camera ? picture(name, false) : null,
          screen: screen ? picture(name, true) : null,
          speaking,
        })),
        notices: [],
      });
    },
  };
  window.crowd.show(first, false);
}
