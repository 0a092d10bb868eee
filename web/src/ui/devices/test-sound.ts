import { setSpeaker } from "./sinks.js";

/** Two soft notes, a fifth apart: hertz, and when they begin (seconds). */
const notes = [
  { frequency: 523.25, at: 0 },
  { frequency: 783.99, at: 0.28 },
] as const;
const noteLength = 0.6;
const length = 1;

/** Plays two notes on one speaker. Made on the spot: no file is loaded. Settles when they have faded; rejects when it cannot. */
export async function playTestSound(speaker: string): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    // Through an element, because only elements choose their speaker in every browser that can.
    const destination = context.createMediaStreamDestination();
    const element = new Audio();
    element.srcObject = destination.stream;
    await setSpeaker(element, speaker);
    await element.play();
    for (const note of notes) play(context, destination, note.frequency, context.currentTime + note.at);
    await new Promise((resolve) => setTimeout(resolve, length * 1000));
    element.srcObject = null;
  } finally {
    await context.close();
  }
}

function play(context: AudioContext, destination: AudioNode, frequency: number, at: number): void {
  const volume = context.createGain();
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.25, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + noteLength);
  const tone = new OscillatorNode(context, { type: "sine", frequency });
  tone.connect(volume).connect(destination);
  tone.start(at);
  tone.stop(at + noteLength);
}
