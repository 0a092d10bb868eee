import { css } from "lit";

/** A window above everything else that says or asks one thing: a headline, a text, and its answers in a form. */
export const dialog = css`
  dialog {
    width: min(460px, calc(100vw - 2 * var(--p-4)));
    max-height: calc(100dvh - 2 * var(--p-4));
    padding: var(--p-5);
    border: 0;
    border-radius: var(--p-radius-large);
    background: var(--p-surface);
    color: var(--p-text);
    box-shadow: var(--p-shadow-float);
    overflow-wrap: anywhere;
  }

  dialog::backdrop {
    background: rgb(5 8 11 / 60%);
  }

  h2 {
    font-size: 1.25rem;
  }

  p {
    margin-top: var(--p-2);
    color: var(--p-text-soft);
    text-wrap: pretty;
  }

  form {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--p-3);
    margin-top: var(--p-5);
  }
`;
