import { css } from "lit";

/** What the parts of the story share. */
export const storyStyles = css`
  h3,
  h4,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  h3 {
    font-size: 1.0625rem;
    line-height: 1.3;
  }

  h4 {
    font-size: 0.9375rem;
    line-height: 1.3;
  }

  h3 + .soft,
  h4 + .soft {
    margin-top: var(--p-1);
  }

  ol {
    list-style: none;
  }

  .soft {
    color: var(--p-text-soft);
    font-size: 0.8125rem;
    text-wrap: pretty;
  }

  .guide {
    margin-top: var(--p-2);
    color: var(--p-text-soft);
    font-size: 0.75rem;
    font-style: italic;
  }

  .time {
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  code {
    font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
    font-size: 0.75rem;
    overflow-wrap: anywhere;
  }

  .facts {
    display: grid;
    grid-template-columns: 96px minmax(0, 1fr);
    gap: var(--p-2) var(--p-3);
    margin-top: var(--p-3);
    font-size: 0.875rem;
  }

  .facts dt {
    overflow-wrap: anywhere;
    font-size: 0.8125rem;
    line-height: 1.6;
    color: var(--p-text-soft);
  }

  .facts dd {
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }

  .untold {
    color: var(--p-text-soft);
    font-style: italic;
  }
`;
