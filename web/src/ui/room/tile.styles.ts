import { css } from "lit";

export const tileStyles = css`
  :host {
    position: absolute;
    display: block;
    container-type: size;
    border-radius: var(--p-radius);
    animation: appear 180ms ease-out;
  }

  /* Still there, so that the picture goes on when its page is turned to; for nobody to see, reach or be read. */
  :host([data-place="elsewhere"]) {
    visibility: hidden;
  }

  :host([data-place="floating"]) {
    z-index: 1;
    box-shadow: var(--p-shadow-float);
  }

  :host([data-place="full"]) {
    border-radius: 0;
  }

  .frame {
    position: relative;
    display: grid;
    place-items: center;
    width: 100%;
    height: 100%;
    overflow: hidden;
    border-radius: inherit;
    background: var(--p-tile);
    /* Two taps are ours. */
    touch-action: manipulation;
    user-select: none;
  }

  /* Above the picture, inside the tile, so that neighbours and the edge of the window never cut it off. */
  .frame::after {
    content: "";
    position: absolute;
    inset: 0;
    border-radius: inherit;
    box-shadow: inset 0 0 0 1px rgb(255 255 255 / 6%);
    pointer-events: none;
    transition: box-shadow var(--p-quick);
  }

  .frame.speaking::after {
    box-shadow:
      inset 0 0 0 3px var(--p-accent),
      inset 0 0 0 4px rgb(0 0 0 / 35%);
  }

  video {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }

  .mirrored video {
    transform: scaleX(-1);
  }

  .screen {
    background: #0a0d11;
  }

  .screen video {
    object-fit: contain;
  }

  .avatar {
    --size: clamp(28px, 36cqmin, 128px);
    display: grid;
    place-items: center;
    width: var(--size);
    height: var(--size);
    border-radius: 50%;
    color: #fff;
    font-size: calc(var(--size) * 0.38);
    font-weight: 600;
    letter-spacing: 0.01em;
    user-select: none;
  }

  .label,
  .path {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    padding: 3px 10px;
    border-radius: var(--p-radius-full);
    background: var(--p-veil);
    color: #fff;
  }

  .label {
    position: absolute;
    bottom: var(--p-2);
    inset-inline-start: var(--p-2);
    max-width: calc(100% - 2 * var(--p-2));
    font-size: 0.875rem;
    font-weight: 500;
  }

  .label .icon {
    width: 15px;
    height: 15px;
  }

  .label .off {
    color: #ffb4b8;
  }

  /* Where the tile begins, beside the button that is always there. */
  .marks {
    position: absolute;
    top: var(--p-2);
    inset-inline-start: var(--p-2);
    display: flex;
    align-items: center;
    gap: var(--p-1);
    max-width: calc(100% - 2 * var(--p-2) - 40px);
    color: #fff;
    pointer-events: none;
  }

  .tools {
    position: absolute;
    top: 0;
    inset-inline-end: 0;
    display: flex;
  }

  .tool {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: #fff;
    cursor: pointer;
    transition: opacity var(--p-quick);
  }

  .tool .icon {
    width: 28px;
    height: 28px;
    padding: 6px;
    border-radius: 50%;
    background: var(--p-veil);
  }

  .tool.on .icon {
    color: var(--p-accent);
  }

  .tool:focus-visible {
    outline-offset: -4px;
  }

  /* Where there is a pointer that hovers, it is enough to be there when wanted. */
  @media (hover: hover) {
    :host(:not(:hover)) .tool:not(:focus-visible) {
      opacity: 0;
    }
  }

  /* A finger cannot hover: what covers a picture all the time is one button, whose menu has the others. */
  @media not (hover: hover) {
    @container (max-width: 300px) or (max-height: 160px) {
      .pin,
      .details {
        display: none;
      }
    }
  }

  /* Too small for so many: the menu has them as well. */
  @container (max-width: 220px) or (max-height: 100px) {
    .details {
      display: none;
    }
  }

  @container (max-width: 130px) or (max-height: 80px) {
    .pin {
      display: none;
    }

    /* As large for a finger, and out of the way for the eye. */
    .tool {
      place-items: start end;
      padding: 4px;
    }

    .tool .icon {
      width: 24px;
      height: 24px;
      padding: 5px;
    }
  }

  /* Above the name; in the other corner one's own picture may lie. */
  .reaction {
    position: absolute;
    inset-inline-start: var(--p-2);
    bottom: calc(var(--p-2) + 32px);
    pointer-events: none;
  }

  /* Announced elsewhere, so that nobody has to look here. */
  .emoji {
    font-family: var(--p-emoji);
    font-size: clamp(1.25rem, 16cqmin, 3rem);
    line-height: 1;
    filter: drop-shadow(0 2px 4px rgb(0 0 0 / 45%));
    animation: pop 300ms ease-out;
  }

  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .path {
    font-size: 0.8125rem;
  }

  .path .icon {
    flex: none;
    width: 14px;
    height: 14px;
  }

  .path.hand {
    flex: none;
    background: var(--p-accent);
    color: var(--p-on-accent);
    font-weight: 600;
  }

  /* Somebody is away for a moment and the picture goes on: that is no reason to blink. */
  .path.soft {
    animation: soften 1s ease-in;
  }

  .frame.interrupted video {
    filter: grayscale(0.7) brightness(0.6);
  }

  @container (max-width: 150px) or (max-height: 100px) {
    .label,
    .path {
      padding: 1px 7px;
      font-size: 0.75rem;
    }

    .label {
      bottom: 4px;
      inset-inline-start: 4px;
      max-width: calc(100% - 8px);
    }

    .marks {
      top: 4px;
      inset-inline-start: 4px;
    }
  }

  @keyframes pop {
    from {
      opacity: 0;
      transform: scale(0.3);
    }

    70% {
      transform: scale(1.2);
    }
  }

  @keyframes soften {
    from {
      opacity: 0;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
      transform: scale(0.97);
    }
  }
`;
