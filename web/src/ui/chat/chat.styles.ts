import { css } from "lit";

export const chatStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100%;
    min-height: 0;
  }

  .scroll {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    flex: 1;
    min-height: 0;
  }

  .log {
    padding: var(--p-3) var(--p-4);
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .log:focus-visible {
    outline-offset: -3px;
  }

  .empty {
    color: var(--p-text-soft);
  }

  .group {
    margin-bottom: var(--p-4);
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--p-2);
    margin-bottom: 2px;
    font-size: 0.8125rem;
  }

  .author {
    min-width: 0;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  time,
  .claim {
    color: var(--p-text-soft);
    font-size: 0.75rem;
  }

  .claim {
    text-decoration: underline dotted;
    text-underline-offset: 2px;
  }

  .secret {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-width: 100%;
    padding: 0 8px;
    border-radius: var(--p-radius-full);
    background: var(--p-accent-soft);
    font-size: 0.75rem;
    font-weight: 500;
    overflow-wrap: anywhere;
  }

  .secret .icon {
    width: 12px;
    height: 12px;
  }

  .text {
    width: fit-content;
    max-width: 100%;
    margin-bottom: 3px;
    padding: 6px 12px;
    border-radius: 4px 14px 14px;
    background: var(--p-raised);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    /* Each line by its own script. */
    unicode-bidi: plaintext;
    tab-size: 4;
  }

  .mine .text {
    background: var(--p-accent-soft);
  }

  :host(:dir(rtl)) .text {
    border-radius: 14px 4px 14px 14px;
  }

  .text a {
    color: var(--p-accent);
    text-underline-offset: 2px;
    /* What turns the text around it around leaves an address as it is. */
    unicode-bidi: isolate;
  }

  .from-here {
    display: flex;
    align-items: center;
    gap: var(--p-2);
    margin: var(--p-2) 0 var(--p-3);
    color: var(--p-accent);
    font-size: 0.75rem;
    font-weight: 600;
  }

  .from-here::before,
  .from-here::after {
    content: "";
    flex: 1;
    height: 1px;
    background: currentcolor;
  }

  .down {
    position: absolute;
    bottom: var(--p-2);
    justify-self: center;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 44px;
    padding-block: 0;
    padding-inline: var(--p-3) var(--p-4);
    border: 0;
    border-radius: var(--p-radius-full);
    background: var(--p-accent);
    color: var(--p-on-accent);
    font-size: 0.875rem;
    font-weight: 600;
    box-shadow: var(--p-shadow-float);
    cursor: pointer;
  }

  .down .icon {
    width: 18px;
    height: 18px;
  }
`;
