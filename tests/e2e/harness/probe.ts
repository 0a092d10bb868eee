/**
 * Runs in the page before its own code: keeps hold of the peer connections, so that a test can ask them what arrives, and finds
 * elements through open shadow roots, as a person's eye does.
 */
export interface Probe {
  connections: RTCPeerConnection[];
  /** Tracks of cameras and microphones that the page opened, and of screens. */
  captured: MediaStreamTrack[];
  screens: MediaStreamTrack[];
  all(selector: string): Element[];
  visible(element: Element): boolean;
  name(element: Element): string;
  button(name: string): HTMLElement | null;
  textBox(label: string): HTMLInputElement | HTMLTextAreaElement | null;
  select(label: string): HTMLSelectElement | null;
  text(): string;
  received(): Promise<Received[]>;
  tiles(): Promise<Tile[]>;
  /** From now on the pauses between decoded frames are measured, on every connection there is now. */
  watchFrames(): void;
  /** The longest pause since {@link watchFrames}, for each connection. */
  pauses(): Pause[];
}

/** In milliseconds. */
export interface Pause {
  /** The longest time in which no frame was decoded. */
  readonly longest: number;
  /** By how much the watching itself was late at most, because the machine was busy. */
  readonly lateness: number;
  readonly state: string;
}

/** What one participant's page shows of another participant. */
export interface Tile {
  readonly id: string;
  readonly name: string;
  /** Whether the tile says that the person's connection to the server is lost. */
  readonly away: boolean;
  readonly mic: string;
  readonly cam: string;
  readonly screen: boolean;
  /** Whether the tile's video element is playing a picture. */
  readonly playing: boolean;
  /** Frames decoded so far of the very track that the tile's video shows. */
  readonly frames: number;
  /** Frames that the video element has shown. A Firefox tab in the background shows none. */
  readonly presented: number;
}

/** What has arrived on one peer connection. */
export interface Received {
  readonly state: string;
  readonly framesDecoded: number;
  readonly audioEnergy: number;
}

declare global {
  interface Window {
    probe: Probe;
    /** What fake cameras are asked for, if it is not the usual. */
    fakeCamera?: MediaTrackConstraints;
  }
}

export function installProbe(): void {
  const connections: RTCPeerConnection[] = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
  };

  // Every participant of a test encodes and decodes on the same two cores, without a GPU: small pictures, few of them.
  const usual = { width: 320, height: 180, frameRate: 5 };
  const small = (constraints?: MediaStreamConstraints): MediaStreamConstraints => {
    const video = constraints?.video ?? false;
    return video === false
      ? { ...constraints }
      : { ...constraints, video: { ...(video === true ? {} : video), ...(window.fakeCamera ?? usual) } };
  };

  const captured: MediaStreamTrack[] = [];
  const screens: MediaStreamTrack[] = [];
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices !== undefined) {
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(small(constraints));
      captured.push(...stream.getTracks());
      return stream;
    };
    const getDisplayMedia = devices.getDisplayMedia.bind(devices);
    devices.getDisplayMedia = async (options) => {
      const stream = await getDisplayMedia(options);
      screens.push(...stream.getTracks());
      return stream;
    };
  }

  const all = (selector: string, root: Document | ShadowRoot = document): Element[] => {
    const found = [...root.querySelectorAll(selector)];
    for (const host of root.querySelectorAll("*")) {
      if (host.shadowRoot !== null) {
        found.push(...all(selector, host.shadowRoot));
      }
    }
    return found;
  };

  const visible = (element: Element): boolean => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
  };

  const name = (element: Element): string =>
    (element.getAttribute("aria-label") ?? element.textContent ?? "").replace(/\s+/g, " ").trim();

  const framesOf = async (track: MediaStreamTrack): Promise<number> => {
    // A closed connection keeps its receivers, and an offerer's track keeps its id on the connection that comes after.
    const open = connections.filter((c) => c.connectionState !== "closed");
    const receiver = open.flatMap((c) => c.getReceivers()).find((r) => r.track.id === track.id);
    for (const report of ((await receiver?.getStats())?.values() ?? []) as Iterable<Record<string, unknown>>) {
      if (report["type"] === "inbound-rtp") {
        return Number(report["framesDecoded"] ?? 0);
      }
    }
    return 0;
  };

  const tile = async (element: Element): Promise<Tile> => {
    const video = element.querySelector("video") ?? element.shadowRoot?.querySelector("video") ?? null;
    const track = video?.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks()[0] : undefined;
    return {
      id: element.getAttribute("data-participant") ?? "",
      name: element.getAttribute("data-name") ?? "",
      away: element.hasAttribute("data-away"),
      mic: element.getAttribute("data-mic") ?? "",
      cam: element.getAttribute("data-cam") ?? "",
      screen: element.getAttribute("data-source") === "screen",
      playing: video !== null && !video.paused && video.videoWidth > 0,
      frames: track === undefined ? 0 : await framesOf(track),
      presented: video?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
    };
  };

  const watchInterval = 100;
  let watched: { connection: RTCPeerConnection; frames: number; since: number; longest: number; lateness: number }[] =
    [];
  let watch: ReturnType<typeof setInterval> | undefined;
  const framesDecoded = async (connection: RTCPeerConnection): Promise<number> => {
    let frames = 0;
    for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
      if (report["type"] === "inbound-rtp") {
        frames += Number(report["framesDecoded"] ?? 0);
      }
    }
    return frames;
  };
  const watchFrames = (): void => {
    clearInterval(watch);
    let last = performance.now();
    watched = connections
      .filter((c) => c.connectionState !== "closed")
      .map((connection) => ({ connection, frames: 0, since: last, longest: 0, lateness: 0 }));
    watch = setInterval(() => {
      const now = performance.now();
      const late = now - last - watchInterval;
      last = now;
      for (const each of watched) {
        each.lateness = Math.max(each.lateness, late);
        void framesDecoded(each.connection).then((frames) => {
          const then = performance.now();
          each.longest = Math.max(each.longest, then - each.since);
          if (frames > each.frames) {
            each.frames = frames;
            each.since = then;
          }
        });
      }
    }, watchInterval);
  };

  window.probe = {
    watchFrames,
    pauses: () =>
      watched.map(({ connection, longest, lateness }) => ({ longest, lateness, state: connection.connectionState })),
    tiles: () => Promise.all(all("[data-participant]").map(tile)),
    connections,
    captured,
    screens,
    all: (selector) => all(selector),
    visible,
    name,
    button: (wanted) =>
      all("button").find((b): b is HTMLElement => b instanceof HTMLElement && visible(b) && name(b) === wanted) ?? null,
    textBox: (label) =>
      all("input, textarea").find(
        (i): i is HTMLInputElement | HTMLTextAreaElement =>
          (i instanceof HTMLInputElement || i instanceof HTMLTextAreaElement) &&
          visible(i) &&
          (i.getAttribute("aria-label") === label || [...(i.labels ?? [])].some((l) => name(l) === label)),
      ) ?? null,
    select: (label) =>
      all("select").find(
        (s): s is HTMLSelectElement =>
          s instanceof HTMLSelectElement && visible(s) && [...s.labels].some((l) => name(l) === label),
      ) ?? null,
    text: () => {
      const words: string[] = [];
      const walk = (node: Node): void => {
        if (node instanceof HTMLElement && (node.hidden || ["STYLE", "SCRIPT", "TEMPLATE"].includes(node.tagName))) {
          return;
        }
        if (node.nodeType === Node.TEXT_NODE) {
          words.push(node.textContent ?? "");
        }
        const root = node instanceof Element ? node.shadowRoot : null;
        for (const child of [...(root?.childNodes ?? []), ...node.childNodes]) {
          walk(child);
        }
      };
      walk(document.body);
      return words.join(" ").replace(/\s+/g, " ").trim();
    },
    received: async () => {
      const open = connections.filter((c) => c.connectionState !== "closed");
      return Promise.all(
        open.map(async (connection) => {
          let framesDecoded = 0;
          let audioEnergy = 0;
          for (const report of (await connection.getStats()).values() as Iterable<Record<string, unknown>>) {
            if (report["type"] === "inbound-rtp") {
              framesDecoded += Number(report["framesDecoded"] ?? 0);
              audioEnergy += Number(report["totalAudioEnergy"] ?? 0);
            }
          }
          return { state: connection.connectionState, framesDecoded, audioEnergy };
        }),
      );
    },
  };
}
