import { css } from "lit";

/**
 * The one place where colours, sizes and shapes are decided.
 *
 * Names beginning with `--parley-` may be set from outside to fit the element into a page; `--p-` ones are ours.
 * Colours are `light-dark()` pairs resolved where they are used, so that a part becomes dark by its `color-scheme` alone.
 */
export const tokens = css`
  :host {
    --p-accent: var(--parley-accent, light-dark(#0a7457, #3ecf9f));
    --p-on-accent: var(--parley-on-accent, light-dark(#ffffff, #06231a));
    --p-accent-soft: light-dark(#dcf3ea, #12352b);
    --p-danger: #cf3440;
    --p-danger-hover: #b82936;
    --p-on-danger: #ffffff;
    --p-warning-soft: light-dark(#fff3d6, #3a2f14);
    --p-on-warning: light-dark(#5c4300, #ffdf94);

    --p-ground: var(--parley-ground, light-dark(#f5f6f3, #11151a));
    --p-surface: var(--parley-surface, light-dark(#ffffff, #1a2027));
    --p-raised: light-dark(#eceeea, #262e37);
    --p-raised-hover: light-dark(#e0e3de, #333d48);
    --p-line: light-dark(#d5d9d2, #323b46);
    --p-line-strong: light-dark(#7b857d, #77838f);
    --p-text: var(--parley-text, light-dark(#161c19, #eef2f5));
    --p-text-soft: light-dark(#515b55, #a9b5c0);
    --p-tile: #1e252d;
    --p-veil: rgb(10 13 17 / 72%);

    --p-1: 4px;
    --p-2: 8px;
    --p-3: 12px;
    --p-4: 16px;
    --p-5: 24px;
    --p-6: 32px;
    --p-7: 48px;
    --p-8: 72px;

    --p-radius-small: 8px;
    --p-radius: var(--parley-radius, 14px);
    --p-radius-large: 22px;
    --p-radius-full: 999px;

    --p-shadow: 0 1px 2px rgb(0 0 0 / 8%), 0 8px 28px rgb(0 0 0 / 10%);
    --p-shadow-float: 0 2px 6px rgb(0 0 0 / 30%), 0 14px 40px rgb(0 0 0 / 36%);

    --p-font: var(
      --parley-font,
      system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "Noto Sans",
      "Liberation Sans",
      sans-serif
    );
    /* Else fonts of letters that have some of them, in one colour, come first. */
    --p-emoji: "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", var(--p-font);
    --p-quick: 140ms ease-out;

    color-scheme: var(--parley-color-scheme, light dark);
  }
`;
