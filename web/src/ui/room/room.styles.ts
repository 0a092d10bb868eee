import { css } from "lit";

export const roomStyles = css`
  :host {
    position: relative;
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    /* What is inside fits itself to the element, which may be a part of a page only. */
    container-type: inline-size;
    height: 100%;
    overflow: hidden;
    background: var(--p-ground);
    color-scheme: var(--parley-room-color-scheme, dark);
    --edge-left: max(var(--p-2), env(safe-area-inset-left));
    --edge-right: max(var(--p-2), env(safe-area-inset-right));
  }

  .people {
    position: relative;
    display: flex;
    gap: var(--p-2);
    min-height: 0;
    padding: max(var(--p-2), env(safe-area-inset-top)) var(--edge-right) 0 var(--edge-left);
  }

  .stage {
    position: relative;
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    flex: 1;
    min-width: 0;
  }

  /* For as long as it goes on, so it hides nothing. */
  .recording {
    grid-area: 1 / 1;
    justify-self: center;
    max-width: min(520px, 100%);
  }

  parley-grid,
  .over {
    grid-area: 2 / 1;
  }

  parley-room-panel {
    flex: none;
    width: min(320px, 34%);
  }

  parley-room-panel.story {
    width: min(460px, 42%);
  }

  parley-floating {
    position: absolute;
    inset: 30% var(--p-5) var(--p-3);
    z-index: 1;
  }

  parley-palette {
    position: absolute;
    inset-inline: 0;
    bottom: 100%;
    z-index: 4;
    width: max-content;
    margin-inline: auto;
  }

  footer {
    position: relative;
    display: grid;
    grid-template-columns: 1fr auto 1fr;
    align-items: center;
    gap: var(--p-4);
    padding: var(--p-3) var(--edge-right) max(var(--p-3), env(safe-area-inset-bottom)) var(--edge-left);
  }

  .where {
    min-width: 0;
    padding-inline-start: var(--p-3);
    overflow: hidden;
    color: var(--p-text-soft);
    font-size: 0.9375rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* One picture has all the space there is; the controls come back with the others. */
  :host([data-full]) footer {
    display: none;
  }

  :host([data-full]) .people {
    padding: 0;
  }

  /* Over the pictures, never over the controls: what is going on, and below it what just happened. */
  .over {
    position: absolute;
    inset: var(--p-3) var(--p-3) auto;
    z-index: 3;
    display: flex;
    flex-direction: column;
    align-items: center;
    max-height: calc(100% - var(--p-3));
    overflow-y: auto;
    overscroll-behavior: contain;
    pointer-events: none;
  }

  .over > * {
    flex: none;
    max-width: min(520px, 100%);
    pointer-events: auto;
  }

  .status {
    display: flex;
    align-items: center;
    gap: var(--p-2);
    margin-bottom: var(--p-2);
    padding: 8px 18px;
    border-radius: var(--p-radius-large);
    background: var(--p-warning-soft);
    color: var(--p-on-warning);
    font-weight: 500;
    box-shadow: var(--p-shadow-float);
  }

  .status .icon {
    width: 18px;
    height: 18px;
  }

  .status.calm {
    background: var(--p-raised);
    color: var(--p-text);
  }

  .status.recording {
    padding: 4px 14px;
    background: var(--p-danger);
    color: var(--p-on-danger);
    font-size: 0.875rem;
  }

  parley-announcer {
    position: absolute;
    inset-inline: var(--p-4);
    bottom: var(--p-4);
    z-index: 2;
  }

  /* Over the pictures, not over what is open beside them. */
  parley-room-panel ~ parley-announcer {
    inset-inline-end: calc(min(320px, 34%) + var(--p-5));
  }

  parley-room-panel.story ~ parley-announcer {
    inset-inline-end: calc(min(460px, 42%) + var(--p-5));
  }

  .invitation {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--p-2);
    height: 100%;
    padding: var(--p-4);
    overflow: auto;
    border: 1px dashed var(--p-line-strong);
    border-radius: var(--p-radius);
    text-align: center;
  }

  .invitation h2 {
    font-size: 1.25rem;
  }

  .invitation p {
    color: var(--p-text-soft);
  }

  .invitation code {
    max-width: 100%;
    margin: var(--p-1) 0 var(--p-3);
    padding: 6px 14px;
    border-radius: var(--p-radius-small);
    background: var(--p-surface);
    font-family: inherit;
    overflow-wrap: anywhere;
    user-select: all;
  }

  @container (max-width: 340px) {
    footer {
      padding-right: max(var(--p-1), env(safe-area-inset-right));
      padding-left: max(var(--p-1), env(safe-area-inset-left));
    }
  }

  @container (max-width: 900px) {
    footer {
      grid-template-columns: 1fr;
    }

    .where {
      display: none;
    }
  }

  /* On a phone there is no room to spare: what happened stands above the pictures, which make way. */
  @container (max-width: 700px) {
    .people {
      display: grid;
      grid-template: auto fit-content(45%) minmax(0, 1fr) / minmax(0, 1fr);
      gap: 0;
    }

    .stage {
      display: contents;
    }

    .over {
      position: static;
      max-height: none;
    }

    parley-grid {
      grid-area: 3 / 1;
    }

    parley-room-panel ~ parley-announcer,
    parley-room-panel.story ~ parley-announcer {
      inset-inline-end: var(--p-4);
    }

    /* Not over the box that one is writing in. */
    parley-room-panel.chat ~ parley-announcer {
      bottom: 152px;
    }

    parley-room-panel,
    parley-room-panel.story {
      grid-area: 3 / 1;
      z-index: 2;
      width: auto;
    }
  }
`;
