import type { CallState, RemoteParticipant } from "../../call/state.js";
import type { Strings } from "../strings/en.js";

/** Who turned the microphone or the camera on or off: for those who want to hear everything. */
export function mediaNews(before: CallState, after: CallState, strings: Strings): string[] {
  if (before.phase.kind !== "joined" || after.phase.kind !== "joined") return [];
  const earlier = others(before);
  return after.remotes.flatMap(({ id, name, media }) => {
    const was = earlier.get(id)?.media;
    if (was === undefined || was === media) return [];
    return [
      ...(was.microphone === media.microphone
        ? []
        : [(media.microphone ? strings.unmutedNow : strings.mutedNow)(name)]),
      ...(was.camera === media.camera ? [] : [(media.camera ? strings.cameraOnNow : strings.cameraOffNow)(name)]),
    ];
  });
}

/** What concerns the person: the own screen, the own role, the way to the server. */
export function ownNews(before: CallState, after: CallState, strings: Strings): string[] {
  const spoken: string[] = [];
  if (before.local.media.screen !== after.local.media.screen) {
    spoken.push(after.local.media.screen ? strings.youShare : strings.youStoppedSharing);
  }
  if (before.phase.kind === "joined" && after.phase.kind === "joined" && before.local.role !== after.local.role) {
    spoken.push(after.local.role === "host" ? strings.youAreHost : strings.youAreNoHost);
  }
  if (before.phase.kind === "reconnecting" && after.phase.kind === "joined") spoken.push(strings.backAgain);
  return spoken;
}

/** What a person who does not look should hear about the others, in the step from one snapshot to the next. */
export function announcements(before: CallState, after: CallState, strings: Strings): string[] {
  const spoken: string[] = [];
  const arrived = others(before);
  const present = others(after);
  // Entering the room, or entering it again after the server was away, is no news about those who are there.
  const settled = before.phase.kind === "joined";

  for (const [id, participant] of present) {
    const earlier = arrived.get(id);
    if (earlier === undefined && settled) spoken.push(strings.joined(participant.name));
    if ((earlier !== undefined || !settled) && participant.media.screen && earlier?.media.screen !== true) {
      spoken.push(strings.startedSharing(participant.name));
    }
    if (earlier !== undefined && settled) {
      if (earlier.hand === null && participant.hand !== null) spoken.push(strings.raisedHand(participant.name));
      if (earlier.role !== "host" && participant.role === "host") spoken.push(strings.isHost(participant.name));
    }
    if (earlier?.media.screen === true && !participant.media.screen) {
      spoken.push(strings.stoppedSharing(participant.name));
    }
  }
  for (const [id, participant] of arrived) {
    if (settled && !present.has(id)) spoken.push(strings.left(participant.name));
  }
  return spoken;
}

function others(state: CallState): Map<string, RemoteParticipant> {
  return new Map(state.remotes.map((participant) => [participant.id, participant]));
}
