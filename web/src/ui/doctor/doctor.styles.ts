import { css } from "lit";

export const doctorStyles = css`
  :host {
    display: grid;
    gap: var(--p-4);
    container-type: inline-size;
  }

  .verdict {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--p-1) var(--p-3);
    padding: var(--p-4);
    border-radius: var(--p-radius);
    background: var(--p-raised);
  }

  .verdict.good {
    background: var(--p-accent-soft);
  }

  .verdict.limited,
  .verdict.unknown {
    background: var(--p-warning-soft);
    color: var(--p-on-warning);
  }

  .verdict.bad {
    background: light-dark(#fde3e4, #42191d);
    color: light-dark(#7d121c, #ffc9cc);
  }

  .verdict strong {
    font-size: 1.125rem;
    line-height: 1.3;
    text-wrap: balance;
  }

  .verdict p {
    grid-column: 2;
    font-size: 0.9375rem;
    text-wrap: pretty;
  }

  ul {
    display: grid;
    gap: var(--p-2);
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0 var(--p-3);
    padding: var(--p-3) var(--p-4);
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-surface);
  }

  li > .icon {
    margin-top: 1px;
  }

  li.works > .icon {
    color: var(--p-accent);
  }

  li.failed > .icon {
    color: light-dark(#c22733, #ff8b93);
  }

  li.warning > .icon,
  li.unclear > .icon {
    color: var(--p-on-warning);
  }

  li.absent,
  li.testing {
    color: var(--p-text-soft);
  }

  .title {
    font-weight: 600;
  }

  .state {
    color: var(--p-text-soft);
    font-size: 0.875rem;
  }

  .more {
    grid-column: 2 / -1;
    font-size: 0.9375rem;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }

  .soft {
    color: var(--p-text-soft);
    font-size: 0.875rem;
  }

  code {
    font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
    font-size: 0.8125rem;
  }

  .advice {
    margin-top: var(--p-1);
  }

  .advice b {
    font-weight: 600;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--p-3);
  }

  textarea {
    width: 100%;
    min-height: 12em;
    padding: var(--p-3);
    border: 1px solid var(--p-line-strong);
    border-radius: var(--p-radius);
    background: var(--p-surface);
    color: var(--p-text);
    font:
      0.8125rem/1.5 ui-monospace,
      "SF Mono",
      Menlo,
      Consolas,
      "Liberation Mono",
      monospace;
  }

  @container (max-width: 420px) {
    .buttons .button {
      flex: 1 1 100%;
    }
  }
`;
