type Setup = "active" | "passive";

/**
 * Keeps the DTLS roles of a connection as they were settled first.
 *
 * An ICE restart keeps the DTLS association, and with it the roles (RFC 8842). Firefox, answering an offer that restarts
 * ICE, takes the active role whatever it had; Chromium refuses such an answer, and the connection would never come back. An
 * offer that names the offerer's role instead of leaving the choice (`actpass`) leaves Firefox nothing to get wrong.
 */
export class DtlsRole {
  #remote: Setup | null = null;

  /** After a negotiation: what the answer settled. */
  handleAnswer(from: "local" | "remote", sdp: string): void {
    const setup = /^a=setup:(active|passive)\r?$/m.exec(sdp)?.[1];
    if (setup !== "active" && setup !== "passive") return;
    this.#remote = from === "remote" ? setup : opposite(setup);
  }

  /** The remote offer, with the offerer's role as it was settled; unchanged while none was. */
  pin(offer: string): string {
    return this.#remote ? offer.replace(/^a=setup:actpass(?=\r?$)/gm, `a=setup:${this.#remote}`) : offer;
  }
}

function opposite(setup: Setup): Setup {
  return setup === "active" ? "passive" : "active";
}
