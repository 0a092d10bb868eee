import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { base } from "../base.styles.js";
import { ParleyElement } from "../element.js";
import { phoneCode, type PhoneAddress } from "./phone-address.js";

/** On the landing page: the way to it from a phone, as a QR code. Phones themselves do not show it. */
@customElement("parley-phone")
export class Phone extends ParleyElement {
  static override styles = [
    base,
    css`
      /* Its place is kept before the server has answered: nothing may move under a pointer that is about to press. */
      :host {
        display: block;
        min-height: 200px;
      }

      aside {
        display: flex;
        align-items: center;
        gap: var(--p-5);
        margin-top: var(--p-6);
        padding-top: var(--p-5);
        border-top: 1px solid var(--p-line);
        color: var(--p-text-soft);
      }

      /* White in the dark too: scanners look for dark on light. */
      img {
        flex: none;
        width: 132px;
        height: 132px;
        border: 1px solid var(--p-line);
        border-radius: var(--p-radius);
        background: #ffffff;
      }

      h2 {
        color: var(--p-text);
        font-size: 1.0625rem;
      }

      p {
        margin-top: var(--p-1);
        font-size: 0.9375rem;
        text-wrap: pretty;
      }

      a {
        color: inherit;
        overflow-wrap: anywhere;
      }

      code {
        padding: 2px 6px;
        border-radius: 6px;
        background: var(--p-raised);
        color: var(--p-text);
        font-size: 0.875rem;
        white-space: nowrap;
      }

      @media (pointer: coarse), (max-width: 560px) {
        :host {
          display: none;
        }
      }
    `,
  ];

  /** Address of the landing page; ends with "/". */
  @property({ attribute: false }) home!: URL;
  /** Null until the server has said it. */
  @property({ attribute: false }) phone: PhoneAddress | null = null;

  override render(): TemplateResult | typeof nothing {
    const { strings, phone } = this;
    if (phone?.address != null) {
      return html`<aside aria-labelledby="title">
        <img
          loading="lazy"
          src=${phoneCode(this.home).href}
          alt=${strings.phoneCode(phone.address)}
          width="132"
          height="132"
        />
        <div>
          <h2 id="title">${strings.phoneTitle}</h2>
          <p>${strings.phoneText} <a href=${phone.address}>${phone.address}</a></p>
          <p ?hidden=${!phone.selfSigned}>${strings.phoneSelfSigned}</p>
        </div>
      </aside>`;
    }
    return phone?.possible === true
      ? html`<aside>
          <p>${strings.phonePossible} <code>--Parley:Https:SelfSigned true</code></p>
        </aside>`
      : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "parley-phone": Phone;
  }
}
