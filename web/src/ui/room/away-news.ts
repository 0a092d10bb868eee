import type { RemoteParticipant } from "../../call/state.js";
import type { Strings } from "../strings/en.js";

/** Who is back sooner (milliseconds) was hardly away: nobody needs to hear of it. */
const worthTelling = 1_000;

/** Says who lost the connection and who is back. Who leaves instead is other news. */
export class AwayNews {
  readonly #say: (words: string) => void;
  /** By participant; null: it has been said. */
  readonly #away = new Map<string, ReturnType<typeof setTimeout> | null>();

  constructor(say: (words: string) => void) {
    this.#say = say;
  }

  follow(remotes: readonly RemoteParticipant[], strings: Strings): void {
    for (const { id, name, away } of remotes) {
      const timer = this.#away.get(id);
      if (away && timer === undefined) {
        this.#away.set(
          id,
          setTimeout(() => {
            this.#away.set(id, null);
            this.#say(strings.lostConnection(name));
          }, worthTelling),
        );
      } else if (!away && timer !== undefined) {
        this.#drop(id);
        if (timer === null) this.#say(strings.isBack(name));
      }
    }
    const present = new Set(remotes.map(({ id }) => id));
    for (const id of [...this.#away.keys()]) if (!present.has(id)) this.#drop(id);
  }

  close(): void {
    for (const id of [...this.#away.keys()]) this.#drop(id);
  }

  #drop(id: string): void {
    clearTimeout(this.#away.get(id) ?? undefined);
    this.#away.delete(id);
  }
}
