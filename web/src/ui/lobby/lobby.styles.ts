import { css } from "lit";

export const lobbyStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto 1fr;
    /* What is inside fits itself to the element, which may be a part of a page only. */
    container-type: inline-size;
    min-height: 100%;
    padding: max(var(--p-4), env(safe-area-inset-top)) max(var(--p-4), env(safe-area-inset-right))
      max(var(--p-5), env(safe-area-inset-bottom)) max(var(--p-4), env(safe-area-inset-left));
    background: var(--p-ground);
  }

  .lobby {
    display: grid;
    grid-template:
      "preview form" auto
      "problems form" auto
      "devices form" auto / minmax(0, 1.45fr) minmax(0, 1fr);
    gap: 0 var(--p-7);
    align-content: center;
    width: min(1040px, 100%);
    margin: 0 auto;
  }

  .preview {
    position: relative;
    grid-area: preview;
    display: grid;
    place-items: center;
    aspect-ratio: 16 / 9;
    overflow: hidden;
    border-radius: var(--p-radius-large);
    background: #1e252d;
    color: #dbe3ea;
    color-scheme: dark;
    box-shadow: var(--p-shadow);
  }

  .preview video {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }

  .preview p {
    padding-bottom: 64px;
  }

  .toggles {
    position: absolute;
    bottom: var(--p-4);
    display: flex;
    gap: var(--p-3);
  }

  parley-notices {
    --p-notice-shadow: none;
    grid-area: problems;
    margin-top: var(--p-3);
  }

  .devices {
    grid-area: devices;
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--p-4);
    margin-top: var(--p-5);
  }

  .devices > * {
    min-width: 0;
  }

  parley-speaker-select {
    grid-column: 1 / -1;
  }

  .test {
    display: inline-flex;
    grid-column: 1 / -1;
    align-items: center;
    justify-self: start;
    gap: var(--p-2);
    min-height: 44px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--p-text-soft);
    font-size: 0.9375rem;
    text-decoration: underline;
    cursor: pointer;
  }

  .test .icon {
    width: 18px;
    height: 18px;
  }

  parley-level {
    margin-top: var(--p-3);
  }

  form {
    grid-area: form;
    align-self: center;
  }

  h1 {
    font-size: clamp(1.625rem, 4vw, 2.25rem);
  }

  .where {
    margin: var(--p-2) 0 var(--p-6);
    color: var(--p-text-soft);
    overflow-wrap: anywhere;
  }

  .button {
    width: 100%;
    margin-top: var(--p-4);
    font-size: 1.0625rem;
  }

  .error {
    margin-top: var(--p-1);
    color: light-dark(#a8202c, #ff9aa1);
    font-size: 0.9375rem;
  }

  .hint {
    margin-top: var(--p-4);
    color: var(--p-text-soft);
    font-size: 0.9375rem;
    text-wrap: pretty;
  }

  @container (max-width: 820px) {
    .lobby {
      grid-template: "preview" "problems" "form" "devices" / minmax(0, 1fr);
      max-width: 520px;
    }

    .preview {
      aspect-ratio: 4 / 3;
    }

    form {
      margin-top: var(--p-5);
    }

    .where {
      margin: var(--p-1) 0 var(--p-4);
    }
  }

  @container (max-width: 420px) {
    .devices {
      grid-template-columns: 1fr;
    }
  }
`;
