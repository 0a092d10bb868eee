import { css } from "lit";

/** Round buttons that carry an icon: the controls of the lobby and of the call. */
export const round = css`
  .round {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    width: 52px;
    height: 52px;
    padding: 0;
    border: 0;
    border-radius: var(--p-radius-full);
    background: var(--p-raised);
    color: var(--p-text);
    cursor: pointer;
    transition: background var(--p-quick);
  }

  .round:hover {
    background: var(--p-raised-hover);
  }

  .round.off {
    background: #56262c;
    color: #ffc9cc;
  }

  .round.off:hover {
    background: #6a2e35;
  }

  .round.on {
    background: var(--p-accent);
    color: var(--p-on-accent);
  }

  .round.on:hover {
    background: color-mix(in oklab, var(--p-accent), white 20%);
  }

  .round.leave {
    width: 68px;
    background: var(--p-danger);
    color: var(--p-on-danger);
  }

  .round.leave:hover {
    background: var(--p-danger-hover);
  }
`;
