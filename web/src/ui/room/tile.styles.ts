import { css } from "lit";

export const tileStyles = css`
  :host {
    position: absolute;
    display: block;
    container-type: size;
    border-radius: var(--p-radius);
    animation: appear 180ms ease-out;
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
    position: absolute;
    left: var(--p-2);
    display: flex;
    align-items: center;
    gap: 6px;
    max-width: calc(100% - 2 * var(--p-2));
    padding: 3px 10px;
    border-radius: var(--p-radius-full);
    background: var(--p-veil);
    color: #fff;
  }

  .label {
    bottom: var(--p-2);
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

  .details {
    position: absolute;
    top: 0;
    right: 0;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: #fff;
    cursor: pointer;
    transition: opacity var(--p-quick);
  }

  .details .icon {
    width: 28px;
    height: 28px;
    padding: 6px;
    border-radius: 50%;
    background: var(--p-veil);
  }

  .details:focus-visible {
    outline-offset: -4px;
  }

  /* Where there is a pointer that hovers, it is enough to be there when wanted. */
  @media (hover: hover) {
    :host(:not(:hover)) .details:not(:focus-visible) {
      opacity: 0;
    }
  }

  /* Too small for two things: the list of participants has it as well. */
  @container (max-width: 150px) or (max-height: 100px) {
    .details {
      display: none;
    }
  }

  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .path {
    top: var(--p-2);
    max-width: calc(100% - 2 * var(--p-2) - 40px);
    font-size: 0.8125rem;
  }

  .path .icon {
    flex: none;
    width: 14px;
    height: 14px;
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
      left: 4px;
      padding: 1px 7px;
      font-size: 0.75rem;
      max-width: calc(100% - 8px);
    }

    .label {
      bottom: 4px;
    }

    .path {
      top: 4px;
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
