/** What the server says of the address that a phone can open; `GET phone` below `home`. */
export interface PhoneAddress {
  /** Null when there is none. */
  readonly address: string | null;
  /** The server made its certificate itself, so browsers warn. */
  readonly selfSigned: boolean;
  /** There is no address, but the person sits at the server and could have one. */
  readonly possible: boolean;
}

/** Null when the server does not say: an older one, or one that is gone. */
export async function askForPhoneAddress(home: URL, ask: typeof fetch = fetch): Promise<PhoneAddress | null> {
  try {
    const answer = await ask(new URL("phone", home));
    return answer.ok ? parsePhoneAddress(await answer.json()) : null;
  } catch {
    return null;
  }
}

/** Nothing of it is believed before it has been looked at: other software may answer in the place of an old server. */
function parsePhoneAddress(answer: unknown): PhoneAddress | null {
  if (typeof answer !== "object" || answer === null) return null;
  const { address, selfSigned, possible } = answer as Record<string, unknown>;
  if (address !== null && !(typeof address === "string" && address.startsWith("https://") && URL.canParse(address))) {
    return null;
  }
  return { address, selfSigned: selfSigned === true, possible: possible === true };
}

/** The QR code of that address, as an image. */
export function phoneCode(home: URL): URL {
  return new URL("phone.svg", home);
}

/** Where the links begin that are given to others: "localhost" would be another machine to each of them. */
export function invitationBase(home: URL, phone: PhoneAddress | null): URL {
  const here = /^(?:.+\.)?localhost$|^127\.|^\[::1\]$/u.test(home.hostname);
  return here && phone?.address != null ? new URL(phone.address) : home;
}
