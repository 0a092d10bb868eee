import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import { en, type Strings } from "./strings/en.js";

/** A view: renders what it is given and says, by events, what the person wants. */
export abstract class ParleyElement extends LitElement {
  /** The words to show; handed down from the outermost element. */
  @property({ attribute: false }) strings: Strings = en;

  /** Tells the component around this one; such events do not leave its shadow root. */
  protected emit(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
