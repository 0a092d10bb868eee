import { css } from "lit";

export const landingStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto 1fr;
    min-height: 100%;
    padding: max(var(--p-4), env(safe-area-inset-top)) max(var(--p-4), env(safe-area-inset-right))
      max(var(--p-6), env(safe-area-inset-bottom)) max(var(--p-4), env(safe-area-inset-left));
    background:
      radial-gradient(60rem 36rem at 82% -10%, light-dark(#dff3ea, #14332a), transparent 70%),
      radial-gradient(46rem 30rem at -10% 110%, light-dark(#e9efdf, #16232b), transparent 70%), var(--p-ground);
  }

  main {
    align-self: center;
    width: min(640px, 100%);
    margin: 0 auto;
    padding: var(--p-6) 0 var(--p-8);
  }

  h1 {
    font-size: clamp(2.125rem, 7vw, 3.5rem);
    line-height: 1.08;
    letter-spacing: -0.03em;
  }

  .pitch {
    max-width: 34em;
    margin: var(--p-4) 0 var(--p-6);
    color: var(--p-text-soft);
    font-size: clamp(1.0625rem, 2.4vw, 1.25rem);
    text-wrap: pretty;
  }

  main > .button {
    min-height: 56px;
    padding: 0 var(--p-6);
    font-size: 1.125rem;
  }

  form {
    margin-top: var(--p-7);
    padding-top: var(--p-5);
    border-top: 1px solid var(--p-line);
  }

  .row {
    display: flex;
    gap: var(--p-2);
  }

  .row .field {
    flex: 1;
    min-width: 0;
    border-radius: var(--p-radius-full);
    padding: 0 var(--p-5);
  }

  .error {
    margin-top: var(--p-2);
    color: light-dark(#a8202c, #ff9aa1);
    font-size: 0.9375rem;
    overflow-wrap: anywhere;
  }

  .warning {
    display: flex;
    gap: var(--p-3);
    margin-bottom: var(--p-6);
    padding: var(--p-3) var(--p-4);
    border-radius: var(--p-radius);
    background: var(--p-warning-soft);
    color: var(--p-on-warning);
  }

  .doctor {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
    margin-top: var(--p-3);
    color: var(--p-text-soft);
    font-size: 0.9375rem;
  }

  parley-language-select {
    width: fit-content;
    margin-top: var(--p-4);
  }

  @media (max-width: 480px) {
    .row {
      flex-direction: column;
    }

    main > .button {
      width: 100%;
    }

    .row .field {
      flex: none;
    }
  }
`;
