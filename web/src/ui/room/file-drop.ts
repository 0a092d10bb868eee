/** What was dropped: folders are counted, since they cannot be sent. */
export interface Dropped {
  readonly files: readonly File[];
  readonly folders: number;
}

/** Files that are dragged over an element, and dropped on it: without this the browser would leave the page for them. */
export class FileDrop {
  readonly #target: HTMLElement;
  readonly #onHover: (over: boolean) => void;
  readonly #onDrop: (dropped: Dropped) => void;
  /** Elements inside that were entered and not left, since each of them tells. */
  #depth = 0;

  readonly #handle = (event: DragEvent): void => {
    const { dataTransfer } = event;
    if (!dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    switch (event.type) {
      case "dragenter":
        this.#depth += 1;
        break;
      case "dragover":
        dataTransfer.dropEffect = "copy";
        return;
      case "dragleave":
        this.#depth = Math.max(0, this.#depth - 1);
        break;
      default:
        this.#depth = 0;
        this.#onDrop(filesIn(dataTransfer));
    }
    this.#onHover(this.#depth > 0);
  };

  constructor(target: HTMLElement, onHover: (over: boolean) => void, onDrop: (dropped: Dropped) => void) {
    this.#target = target;
    this.#onHover = onHover;
    this.#onDrop = onDrop;
  }

  watch(): void {
    for (const type of types) this.#target.addEventListener(type, this.#handle);
  }

  end(): void {
    for (const type of types) this.#target.removeEventListener(type, this.#handle);
  }
}

const types = ["dragenter", "dragover", "dragleave", "drop"] as const;

function filesIn({ items, files }: DataTransfer): Dropped {
  const entries = [...items].filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry());
  const folders = entries.map((entry) => entry?.isDirectory ?? false);
  return {
    files: [...files].filter((_, at) => folders[at] !== true),
    folders: folders.filter(Boolean).length,
  };
}
