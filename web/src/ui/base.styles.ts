import { css } from "lit";

/** What every component shares: box model, focus ring, text, buttons and fields. */
export const base = css`
  :host,
  :host *,
  :host *::before,
  :host *::after {
    box-sizing: border-box;
  }

  :host {
    font-family: var(--p-font);
    color: var(--p-text);
    line-height: 1.5;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  p,
  ul {
    margin: 0;
    padding: 0;
  }

  h1,
  h2 {
    line-height: 1.2;
    letter-spacing: -0.015em;
    text-wrap: balance;
  }

  :focus-visible {
    outline: 3px solid var(--p-accent);
    outline-offset: 2px;
  }

  /* Headings take the focus when their screen appears; that is not for the eyes. */
  [tabindex="-1"]:focus-visible {
    outline: none;
  }

  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--p-2);
    min-height: 48px;
    padding: 0 var(--p-5);
    border: 1px solid transparent;
    border-radius: var(--p-radius-full);
    background: var(--p-raised);
    color: var(--p-text);
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
    transition: background var(--p-quick);
  }

  .button:hover {
    background: var(--p-raised-hover);
  }

  .button.primary {
    background: var(--p-accent);
    color: var(--p-on-accent);
  }

  .button.primary:hover {
    background: color-mix(in oklab, var(--p-accent), var(--p-text) 14%);
  }

  .button:disabled,
  .button[aria-disabled="true"] {
    opacity: 0.6;
    cursor: default;
  }

  .field {
    width: 100%;
    min-height: 48px;
    padding: 0 var(--p-4);
    border: 1px solid var(--p-line-strong);
    border-radius: var(--p-radius);
    background: var(--p-surface);
    color: var(--p-text);
  }

  .field::placeholder {
    color: var(--p-text-soft);
    opacity: 1;
  }

  .label {
    display: block;
    margin-bottom: var(--p-1);
    font-size: 0.875rem;
    font-weight: 600;
  }

  /* It points to where reading goes on. */
  .forward:dir(rtl) {
    transform: scaleX(-1);
  }

  .icon {
    display: block;
    flex: none;
    width: 22px;
    height: 22px;
  }

  .spin {
    animation: spin 1s linear infinite;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host *,
    :host *::before,
    :host *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
    }
  }
`;
