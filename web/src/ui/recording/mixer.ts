/** All that is heard, and what the own microphone hears, as one track. Streams come and go while it goes on. */
export class Mixer {
  readonly #context = new AudioContext();
  readonly #out = this.#context.createMediaStreamDestination();
  /** By the id of the track, since a stream may get another one. */
  readonly #sources = new Map<string, MediaStreamAudioSourceNode>();

  constructor() {
    // Silence is sound too: without any, some players take the length of the recording for zero.
    const silence = this.#context.createConstantSource();
    silence.offset.value = 0;
    silence.connect(this.#out);
    silence.start();
  }

  get track(): MediaStreamTrack | null {
    return this.#out.stream.getAudioTracks()[0] ?? null;
  }

  /** What there is to hear now. */
  follow(streams: readonly MediaStream[]): void {
    // It may wait for a press that has happened already, or have been interrupted by the system.
    if (this.#context.state !== "running") void this.#context.resume().catch(() => {});
    const tracks = new Map(streams.flatMap((stream) => stream.getAudioTracks()).map((track) => [track.id, track]));
    for (const [id, source] of this.#sources) {
      if (tracks.has(id)) continue;
      source.disconnect();
      this.#sources.delete(id);
    }
    for (const [id, track] of tracks) {
      if (this.#sources.has(id) || track.readyState === "ended") continue;
      const source = this.#context.createMediaStreamSource(new MediaStream([track]));
      source.connect(this.#out);
      this.#sources.set(id, source);
    }
  }

  close(): void {
    void this.#context.close();
  }
}
