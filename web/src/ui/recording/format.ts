/** What a recording is written as. */
export interface RecordingFormat {
  /** For MediaRecorder. */
  readonly type: string;
  readonly extension: "mp4" | "webm";
}

// MP4 first, because every player and every phone has it; browsers without its encoders write WebM.
const formats: readonly RecordingFormat[] = [
  { type: "video/mp4;codecs=avc1.42E01F,mp4a.40.2", extension: "mp4" },
  { type: "video/webm;codecs=vp9,opus", extension: "webm" },
  { type: "video/webm;codecs=vp8,opus", extension: "webm" },
];

/** The best that this browser can write; null: it cannot record. */
export function recordingFormat(isSupported: (type: string) => boolean): RecordingFormat | null {
  return formats.find(({ type }) => isSupported(type)) ?? null;
}

/** Such as "parley-team-lunch-2026-11-28-0931.webm", by the clock of the person. */
export function recordingName(room: string, begun: Date, { extension }: RecordingFormat): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${String(begun.getFullYear())}-${two(begun.getMonth() + 1)}-${two(begun.getDate())}`;
  return `parley-${room}-${day}-${two(begun.getHours())}${two(begun.getMinutes())}.${extension}`;
}
