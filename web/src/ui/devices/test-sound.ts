import { setSpeaker } from "./sinks.js";

/** One note of a sound that is made on the spot: no file is loaded. */
export interface Note {
  /** In hertz. */
  readonly frequency: number;
  /** When it begins, in seconds. */
  readonly at: number;
  /** 0 to 1. */
  readonly volume: number;
}

/** Two soft notes, a fifth apart. */
const notes: readonly Note[] = [
  { frequency: 523.25, at: 0, volume: 0.25 },
  { frequency: 783.99, at: 0.28, volume: 0.25 },
];
const noteLength = 0.6;

/** Plays two notes on one speaker. Settles when they have faded; rejects when it cannot. */
export function playTestSound(speaker: string): Promise<void> {
  return playNotes(notes, speaker);
}

export async function playNotes(notes: readonly Note[], speaker: string): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    // Through an element, because only elements choose their speaker in every browser that can.
    const destination = context.createMediaStreamDestination();
    const element = new Audio();
    element.srcObject = destination.stream;
    await setSpeaker(element, speaker);
    await element.play();
    for (const note of notes) play(context, destination, note, context.currentTime + note.at);
    const length = Math.max(...notes.map(({ at }) => at)) + noteLength + 0.12;
    await new Promise((resolve) => setTimeout(resolve, length * 1000));
    element.srcObject = null;
  } finally {
    await context.close();
  }
}

function play(context: AudioContext, destination: AudioNode, { frequency, volume }: Note, at: number): void {
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(volume, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + noteLength);
  const tone = new OscillatorNode(context, { type: "sine", frequency });
  tone.connect(gain).connect(destination);
  tone.start(at);
  tone.stop(at + noteLength);
}
