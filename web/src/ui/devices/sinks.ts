/** What the DOM's types do not know yet (Audio Output Devices API, section 3.1). */
interface OutputPicker {
  selectAudioOutput?(): Promise<MediaDeviceInfo>;
}

/** Whether this browser lets a page choose what it is heard through; phones and Safari do not. */
export const canChooseSpeaker = "setSinkId" in HTMLMediaElement.prototype;

/** Plays an element's sound on this speaker; where the browser cannot choose, on the only one there is. */
export async function setSpeaker(element: HTMLMediaElement, id: string): Promise<void> {
  if (canChooseSpeaker && element.sinkId !== id) await element.setSinkId(id);
}

/** Whether speakers are listed only once the person picked them in the browser's own window, as in Firefox. */
export function canPickSpeaker(): boolean {
  return picker()?.selectAudioOutput !== undefined;
}

/** Lets the person pick a speaker; null: nothing was picked. */
export async function pickSpeaker(): Promise<string | null> {
  try {
    return (await picker()?.selectAudioOutput?.())?.deviceId ?? null;
  } catch {
    return null;
  }
}

function picker(): OutputPicker | undefined {
  return (navigator as { mediaDevices?: MediaDevices & OutputPicker }).mediaDevices;
}
