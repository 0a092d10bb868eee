/** Pulls devices out and plugs them in again, by their labels. */
export interface Plugs {
  unplug(...labels: string[]): Promise<void>;
  plugIn(...labels: string[]): Promise<void>;
}

declare global {
  interface Window {
    plugs: Plugs;
  }
}

/**
 * Runs in the page before its own code: no browser lets a test pull out its fake devices, so the page's own view of them is
 * bent. What is unplugged is not listed and cannot be opened, its tracks end, and "devicechange" says that something happened.
 * The media itself stays the browser's.
 */
export function installPlugs(): void {
  const devices = navigator.mediaDevices;
  const enumerate = devices.enumerateDevices.bind(devices);
  const capture = devices.getUserMedia.bind(devices);
  const pulled = new Set<string>();

  const idsOf = async (labels: string[]): Promise<string[]> =>
    (await enumerate()).filter((d) => labels.includes(d.label)).map((d) => d.deviceId);

  const redirected = async (
    kind: "audioinput" | "videoinput",
    part: boolean | MediaTrackConstraints | undefined,
  ): Promise<boolean | MediaTrackConstraints | undefined> => {
    const all = (await enumerate()).filter((d) => d.kind === kind);
    const left = all.filter((d) => !pulled.has(d.deviceId));
    if (part === undefined || part === false || left.length === all.length) {
      return part;
    }
    const [first] = left;
    if (first === undefined) {
      throw new DOMException("Requested device not found", "NotFoundError");
    }
    const constraints = part === true ? {} : part;
    const wanted = constraints.deviceId as { exact?: string; ideal?: string } | undefined;
    if (wanted?.exact !== undefined && !left.some((d) => d.deviceId === wanted.exact)) {
      throw new OverconstrainedError("deviceId");
    }
    const found = left.find((d) => d.deviceId === (wanted?.exact ?? wanted?.ideal)) ?? first;
    return { ...constraints, deviceId: { exact: found.deviceId } };
  };

  devices.enumerateDevices = async () => (await enumerate()).filter((d) => !pulled.has(d.deviceId));
  devices.getUserMedia = async (constraints) => {
    const audio = await redirected("audioinput", constraints?.audio);
    const video = await redirected("videoinput", constraints?.video);
    return capture({ ...(audio === undefined ? {} : { audio }), ...(video === undefined ? {} : { video }) });
  };
  window.plugs = {
    unplug: async (...labels) => {
      const ids = await idsOf(labels);
      ids.forEach((id) => pulled.add(id));
      for (const track of window.probe.captured) {
        if (track.readyState === "live" && ids.includes(track.getSettings().deviceId ?? "")) {
          track.stop();
          track.dispatchEvent(new Event("ended"));
        }
      }
      devices.dispatchEvent(new Event("devicechange"));
    },
    plugIn: async (...labels) => {
      for (const id of await idsOf(labels)) {
        pulled.delete(id);
      }
      devices.dispatchEvent(new Event("devicechange"));
    },
  };
}
