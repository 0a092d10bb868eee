/** Speech is held for 0.8 s after its last sound, so a cough or an "mm" is over before this has passed (milliseconds). */
const patience = 1_500;
/** While the one who is shown goes on speaking, others have to insist. */
const patienceWithSpeaker = 2_500;

/** What is known of somebody who could be shown. */
export interface Voice {
  readonly id: string;
  readonly speaking: boolean;
}

/**
 * Whom the speaker view shows: who has spoken for a while, until somebody else has. Never nobody while there is anybody.
 *
 * Told the time; `nextTimeout` says when to come back without anything having happened.
 */
export class ActiveSpeaker {
  #current: string | null = null;
  #shownSince = -Infinity;
  /** Since when the one who is shown has been silent; null: speaks. */
  #silentSince: number | null = -Infinity;
  /** When each of those who speak began to (milliseconds). */
  readonly #since = new Map<string, number>();
  /** Those who were shown until somebody else insisted, and have talked on ever since. */
  readonly #outdone = new Set<string>();

  /** Null: there is nobody. */
  get current(): string | null {
    return this.#current;
  }

  /** When somebody will have spoken for long enough, if nothing happens until then; null: nobody will. */
  get nextTimeout(): number | null {
    return this.#next()?.due ?? null;
  }

  /** `voices`: the others, never the person at this end. Returns whether another one is to be shown. */
  handle(voices: readonly Voice[], now: number): boolean {
    const before = this.#current;
    const speaking = new Set(voices.filter((voice) => voice.speaking).map(({ id }) => id));
    for (const id of this.#since.keys()) if (!speaking.has(id)) this.#since.delete(id);
    for (const id of this.#outdone) if (!speaking.has(id)) this.#outdone.delete(id);
    for (const id of speaking) if (!this.#since.has(id)) this.#since.set(id, now);

    if (before === null || !voices.some(({ id }) => id === before)) {
      // Whoever began first, or else whoever came first.
      this.#show(this.#since.keys().next().value ?? voices[0]?.id ?? null, now);
    } else {
      if (speaking.has(before)) this.#silentSince = null;
      else this.#silentSince ??= now;
      const next = this.#next();
      if (next !== null && next.due <= now) this.#show(next.id, now);
    }
    return this.#current !== before;
  }

  #show(id: string | null, now: number): void {
    if (this.#current !== null && this.#since.has(this.#current)) this.#outdone.add(this.#current);
    if (id !== null) this.#outdone.delete(id);
    this.#current = id;
    this.#shownSince = now;
    this.#silentSince = id !== null && this.#since.has(id) ? null : -Infinity;
  }

  /** Who takes the place first if all those who speak go on, and when. */
  #next(): { readonly id: string; readonly due: number } | null {
    let next: { id: string; due: number } | null = null;
    for (const [id, since] of this.#since) {
      const due = this.#due(id, since);
      if (id !== this.#current && due !== null && (next === null || due < next.due)) next = { id, due };
    }
    return next;
  }

  #due(id: string, since: number): number | null {
    if (this.#silentSince !== null) return Math.max(since, this.#silentSince) + patience;
    // Until there is a pause, or else two who never stop (or a noisy room) would change places for ever.
    return this.#outdone.has(id) ? null : Math.max(since, this.#shownSince) + patienceWithSpeaker;
  }
}
