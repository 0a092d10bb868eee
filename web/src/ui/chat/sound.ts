import { playNotes, type Note } from "../devices/test-sound.js";

/** Short, high and soft: heard under a voice, and no ringing. */
const notes: readonly Note[] = [
  { frequency: 880, at: 0, volume: 0.12 },
  { frequency: 1174.66, at: 0.09, volume: 0.12 },
];

/** Plays the sound of a new message on one speaker. Rejects where the browser lets no sound be made yet. */
export function playMessageSound(speaker: string): Promise<void> {
  return playNotes(notes, speaker);
}
