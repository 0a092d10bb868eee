import { css } from "lit";

/** A question above the pictures, with its answers. */
export const card = css`
  section {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--p-2) var(--p-4);
    width: min(440px, 100%);
    margin: 0 auto var(--p-2);
    padding: var(--p-3) var(--p-4);
    border: 1px solid var(--p-line-strong);
    border-radius: var(--p-radius);
    background: var(--p-surface);
    box-shadow: var(--p-shadow-float);
  }

  section p {
    flex: 1 1 180px;
    min-width: 0;
    overflow-wrap: anywhere;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--p-2);
  }

  .answers .button {
    min-height: 44px;
    padding: 0 var(--p-4);
  }
`;
