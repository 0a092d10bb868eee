import type { DeviceNotice, Notice } from "../call/state.js";
import type { Strings, Words } from "./strings/en.js";

/** What is shown together, as one thing that happened. */
export interface NoticeCard {
  /** The notices that it speaks for. */
  readonly ids: readonly number[];
  readonly words: Words;
  /** Whether all is well (again). */
  readonly good: boolean;
}

/** One for each notice, newest first; the same trouble with camera and microphone is one trouble to the person. */
export function noticeCards(notices: readonly Notice[], strings: Strings): NoticeCard[] {
  const devices = notices.filter((notice) => "device" in notice);
  const camera = devices.find(({ device }) => device === "camera");
  const microphone = devices.find(({ device }) => device === "microphone");
  const words = camera && microphone ? wordsForBoth(camera, microphone, strings) : null;
  return notices
    .filter((notice) => words === null || notice !== camera)
    .map((notice) => {
      if ("seat" in notice) return { ids: [notice.id], words: strings.seat[notice.seat], good: false };
      return words !== null && notice === microphone && camera
        ? { ids: [notice.id, camera.id], words, good: false }
        : { ids: [notice.id], words: wordsFor(notice, strings), good: notice.kind === "returned" };
    })
    .reverse();
}

function wordsForBoth(camera: DeviceNotice, microphone: DeviceNotice, { problems, deviceNews }: Strings): Words | null {
  if (camera.kind === "silenced" && microphone.kind === "silenced") return deviceNews.both.silenced;
  return camera.kind === "problem" && microphone.kind === "problem" && camera.problem === microphone.problem
    ? problems.both[camera.problem]
    : null;
}

function wordsFor(notice: DeviceNotice, strings: Strings): Words {
  switch (notice.device) {
    case "microphone":
    case "camera":
      return wordsForDevice(notice.device, notice, strings);
    case "speaker":
      return wordsForSpeaker(notice, strings);
    case "screen":
      return (
        (notice.kind === "problem" ? strings.screenProblems[notice.problem] : null) ?? strings.screenProblems.unknown
      );
  }
}

function wordsForDevice(
  device: "microphone" | "camera",
  notice: DeviceNotice,
  { problems, deviceNews }: Strings,
): Words {
  const news = deviceNews[device];
  switch (notice.kind) {
    case "problem":
      return problems[device][notice.problem];
    case "replaced":
      if (notice.now === null) return news.lost(notice.gone);
      return (notice.on ? news.replaced : news.replacedOff)(notice.gone, notice.now);
    case "returned":
      return (notice.on ? news.returned : news.returnedOff)(notice.now);
    case "silenced":
      return news.silenced;
    case "talking":
    case "unheard":
      return deviceNews.microphone[notice.kind];
  }
}

function wordsForSpeaker(notice: DeviceNotice, { speakerProblems, deviceNews }: Strings): Words {
  if (notice.kind === "replaced") return deviceNews.speaker.replaced(notice.gone);
  if (notice.kind === "returned") return deviceNews.speaker.returned(notice.now);
  return (notice.kind === "problem" ? speakerProblems[notice.problem] : null) ?? speakerProblems.unknown;
}
