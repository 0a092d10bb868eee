import type { CallState, RemoteParticipant } from "../../call/state.js";
import type { Strings } from "../strings/en.js";

/** What a person who does not look should hear about the step from one snapshot to the next. */
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
    if (earlier?.media.screen === true && !participant.media.screen) {
      spoken.push(strings.stoppedSharing(participant.name));
    }
  }
  for (const [id, participant] of arrived) {
    if (settled && !present.has(id)) spoken.push(strings.left(participant.name));
  }
  if (before.local.media.screen !== after.local.media.screen) {
    spoken.push(after.local.media.screen ? strings.youShare : strings.youStoppedSharing);
  }
  if (before.phase.kind === "reconnecting" && after.phase.kind === "joined") spoken.push(strings.backAgain);
  return spoken;
}

function others(state: CallState): Map<string, RemoteParticipant> {
  return new Map(state.remotes.map((participant) => [participant.id, participant]));
}
