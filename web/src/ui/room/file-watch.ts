import type { Files, FilesState } from "../../call/index.js";
import { loadFiles } from "../load-files.js";
import type { FilesStrings } from "../strings/en-files.js";
import type { Language } from "../strings/languages.js";

type News = Awaited<ReturnType<typeof loadFiles>>;

/**
 * Follows the files of a call for as long as the room is shown, whether or not their panel is open: says what happens, and saves
 * what arrives. The words for it are loaded when there is something to say.
 */
export class FileWatch {
  readonly #language: () => Language;
  readonly #say: (words: string) => void;
  readonly #onChange: () => void;
  #files: Files | null = null;
  #end: () => void = () => {};
  #told: FilesState["transfers"] = [];
  #news: News | null = null;

  /** `onChange`: what is waiting may have changed. */
  constructor(language: () => Language, say: (words: string) => void, onChange: () => void) {
    this.#language = language;
    this.#say = say;
    this.#onChange = onChange;
  }

  /** How many offers wait for an answer of the person. */
  get offers(): number {
    const transfers = this.#files?.state.transfers ?? [];
    return transfers.filter(({ direction, phase }) => direction === "receiving" && phase.kind === "offered").length;
  }

  follow(files: Files): void {
    if (files === this.#files) return;
    this.close();
    this.#files = files;
    this.#told = files.state.transfers;
    this.#end = files.subscribe(({ transfers }) => {
      void this.#tell(transfers);
      this.#onChange();
    });
  }

  close(): void {
    this.#end();
    this.#files = null;
  }

  async #tell(transfers: FilesState["transfers"]): Promise<void> {
    const files = this.#files;
    if (transfers === this.#told) return;
    const language = this.#language();
    let words: FilesStrings;
    try {
      this.#news ??= await loadFiles();
      words = await this.#news.filesPart.get(language);
    } catch {
      // The server is away; the list has it all.
      return;
    }
    // Meanwhile there may be more, told already or to be told with this.
    const now = this.#files?.state.transfers;
    if (files !== this.#files || now === undefined || now === this.#told) return;
    const before = this.#told;
    this.#told = now;
    for (const news of this.#news.fileNews(before, now, words)) this.#say(news);
    this.#news.saveArrived(before, now);
  }
}
