import { css } from "lit";

export const controlBarStyles = css`
  :host {
    display: block;
  }

  .bar {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    justify-content: center;
    gap: clamp(4px, 1.2vw, var(--p-3));
  }

  /* Not text of the button, whose accessible name must stay what it is. */
  [data-count]::after {
    content: attr(data-count);
    position: absolute;
    top: -2px;
    inset-inline-end: -2px;
    min-width: 20px;
    height: 20px;
    padding: 0 5px;
    border-radius: var(--p-radius-full);
    background: var(--p-text);
    color: var(--p-ground);
    font-size: 0.75rem;
    font-weight: 700;
    line-height: 20px;
    text-align: center;
  }

  .more {
    position: relative;
    display: grid;
  }

  .menu {
    position: absolute;
    inset-inline-end: 0;
    bottom: calc(100% + var(--p-3));
    z-index: 4;
    display: grid;
    width: max-content;
    max-width: min(320px, 84vw);
    max-height: min(70vh, 520px);
    padding: var(--p-2);
    overflow-y: auto;
    border: 1px solid var(--p-line);
    border-radius: var(--p-radius);
    background: var(--p-surface);
    box-shadow: var(--p-shadow-float);
  }

  .item {
    display: flex;
    align-items: center;
    gap: var(--p-3);
    min-height: 48px;
    padding-block: 0;
    padding-inline: var(--p-3) var(--p-4);
    border: 0;
    border-radius: var(--p-radius-small);
    background: none;
    text-align: start;
    cursor: pointer;
  }

  .item[data-count]::after {
    position: static;
    margin-inline-start: auto;
  }

  .item:hover,
  .item[aria-expanded="true"] {
    background: var(--p-raised);
  }

  .item.on {
    color: var(--p-accent);
  }

  .tip {
    position: absolute;
    bottom: calc(100% + 10px);
    left: 50%;
    z-index: 2;
    padding: 4px 10px;
    border-radius: var(--p-radius-small);
    background: var(--p-text);
    color: var(--p-ground);
    font-size: 0.8125rem;
    font-weight: 500;
    white-space: nowrap;
    pointer-events: none;
    opacity: 0;
    visibility: hidden;
    transform: translateX(-50%);
    transition: opacity var(--p-quick);
  }

  @media (hover: hover) {
    .round:hover .tip {
      opacity: 1;
      visibility: visible;
    }
  }

  .round:focus-visible .tip {
    opacity: 1;
    visibility: visible;
  }

  @container (max-width: 480px) {
    .round,
    .round.leave {
      width: 44px;
      height: 44px;
    }

    .tip {
      display: none;
    }
  }

  @container (max-width: 340px) {
    .bar {
      justify-content: space-evenly;
      gap: 0;
    }
  }
`;
