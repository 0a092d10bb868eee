import type { Reaction, ReactionKind } from "../../call/reactions/reactions.js";
import type { Strings } from "../strings/en.js";
import { localeOf } from "../strings/in-words.js";

/** How long (milliseconds) reactions are gathered before they are said: applause seldom comes alone. */
const gathering = 1_200;
/** How many names are said. */
const mostNames = 3;

/** Says who reacted how; those who did the same at the same time in one go. */
export class ReactionNews {
  readonly #say: (words: string) => void;
  /** Names by reaction, to be said. */
  #gathered = new Map<ReactionKind, Set<string>>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;

  constructor(say: (words: string) => void) {
    this.#say = say;
  }

  follow(reactions: readonly Reaction[], strings: Strings): void {
    for (const { id, from, name, kind } of reactions) {
      if (id <= this.#last) continue;
      this.#last = id;
      const names = this.#gathered.get(kind) ?? new Set();
      this.#gathered.set(kind, names.add(from === null ? strings.you : name));
      this.#timer ??= setTimeout(() => this.#tell(strings), gathering);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#gathered.clear();
  }

  #tell(strings: Strings): void {
    const gathered = this.#gathered;
    this.#gathered = new Map();
    this.#timer = undefined;
    const list = new Intl.ListFormat(localeOf(strings.language), { type: "conjunction" });
    for (const [kind, names] of gathered) {
      const said = [...names].slice(0, mostNames);
      const rest = names.size - said.length;
      this.#say(
        strings.reacted(list.format(rest > 0 ? [...said, strings.others(rest)] : said), strings.reactionNames[kind]),
      );
    }
  }
}
