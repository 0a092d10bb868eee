import type { Quality } from "../../call/index.js";
import type { QualityState, RemoteParticipant } from "../../call/state.js";
import { loadQuality } from "../load-quality.js";
import type { Language } from "../strings/languages.js";
import type { Strings } from "../strings/en.js";

/** What the room has to do with how well the call goes: hands the newest state on, and says aloud what must not be missed. */
export class QualityNews {
  readonly #say: (words: string) => void;
  readonly #onState: (state: QualityState) => void;
  #quality: Quality | null = null;
  #verified: QualityState["verified"] = new Map();
  #endSubscription: () => void = () => {};

  constructor(say: (words: string) => void, onState: (state: QualityState) => void) {
    this.#say = say;
    this.#onState = onState;
  }

  /** `remotes`: those who are here, when it is asked; `language`: what is spoken then. */
  follow(quality: Quality, remotes: () => readonly RemoteParticipant[], language: () => Language): void {
    this.close();
    this.#quality = quality;
    this.#verified = quality.state.verified;
    this.#onState(quality.state);
    this.#endSubscription = quality.subscribe((state) => {
      this.#tellOfKeys(state.verified, remotes(), language());
      this.#onState(state);
    });
  }

  /** Sound alone, or no longer. */
  toggleIncoming(strings: Strings): void {
    if (!this.#quality) return;
    const off = !this.#quality.state.audioOnly;
    this.#quality.setAudioOnly(off);
    this.#say(off ? strings.incomingIsOff : strings.incomingIsOn);
  }

  close(): void {
    this.#endSubscription();
  }

  /** Keys that are not those for which the code was compared are news, whatever is open. */
  #tellOfKeys(verified: QualityState["verified"], remotes: readonly RemoteParticipant[], language: Language): void {
    const before = this.#verified;
    this.#verified = verified;
    for (const { id, name } of remotes) {
      if (verified.get(id) !== "changed" || before.get(id) === "changed") continue;
      loadQuality()
        .then(({ qualityPart }) => qualityPart.get(language))
        .then(
          (words) => this.#say(words.keysChanged(name)),
          () => {
            // The server is out of reach: the mark on the tile says the same.
          },
        );
    }
  }
}
