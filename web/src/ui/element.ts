import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import { en, type Strings } from "./strings/en.js";
import type { Part } from "./strings/part.js";

/** A view: renders what it is given and says, by events, what the person wants. */
export abstract class ParleyElement extends LitElement {
  /** The words to show; handed down from the outermost element. */
  @property({ attribute: false }) strings: Strings = en;

  /** Tells the component around this one; such events do not leave its shadow root. */
  protected emit(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** A view with words of its own, which are loaded with it: in the language of `strings`. It shows nothing before they are there. */
export abstract class PartElement<T extends object> extends ParleyElement {
  protected abstract readonly catalogue: Part<T>;

  protected get words(): T {
    return this.catalogue.in(this.strings.language);
  }

  protected override scheduleUpdate(): Promise<unknown> | undefined {
    return afterLoading(
      () => this.catalogue.load(this.strings.language),
      () => super.scheduleUpdate(),
    );
  }
}

/** Updates once nothing is left to load; what is wanted may change meanwhile. */
export function afterLoading(load: () => Promise<void> | null, update: () => unknown): Promise<unknown> | undefined {
  const loading = load();
  if (loading !== null) return loading.then(() => afterLoading(load, update));
  update();
  return undefined;
}
