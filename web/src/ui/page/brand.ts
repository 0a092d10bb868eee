import { html, type TemplateResult } from "lit";

/** The sign and the name, leading home. */
export function brand(name: string, home: URL, follow: (event: MouseEvent) => void): TemplateResult {
  return html`<a slot="brand" class="brand" href=${home.href} @click=${follow}>
    <svg viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <circle cx="12" cy="16" r="9" fill="var(--p-accent)" />
      <circle cx="20" cy="16" r="7.75" fill="none" stroke="currentColor" stroke-width="2.5" />
    </svg>
    ${name}
  </a>`;
}
