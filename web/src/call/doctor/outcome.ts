import { type AddressScope, type CandidateFault, scopeOf, type TrialFindings } from "../../rtc/trial/index.js";
import type { LegKind } from "./legs.js";

/** What became of one leg. */
export type LegOutcome =
  | { readonly kind: "testing" }
  | {
      readonly kind: "works";
      /** Milliseconds between this browser and the server, there and back. */
      readonly roundTrip: number;
      /** What the relay's address is; null for STUN. */
      readonly relay: RelayAddress | null;
      /** STUN saw an address that is not the device's own: there is a router in between that translates. */
      readonly translated: boolean;
    }
  /** Neither an address nor an error: this browser does not tell. */
  | { readonly kind: "unclear" }
  | {
      readonly kind: "failed";
      readonly failure: LegFailure;
      /** In the browser's numbers and words; null: it said nothing. */
      readonly fault: CandidateFault | null;
    };

/** Where the others would send to: the server's address, and nobody's at home. */
export interface RelayAddress {
  readonly address: string;
  readonly scope: AddressScope;
}

export type LegFailure =
  /** Nothing came back, or no connection could be made. */
  | "no-answer"
  /** The port is open, and TLS fails there: this browser does not accept the certificate. */
  | "certificate"
  /** The name leads nowhere. */
  | "unknown-name"
  | "credentials"
  | "forbidden"
  | "quota"
  | "capacity"
  /** Any other error of the server's. */
  | "error"
  /** No address came, and this browser does not say why. */
  | "untold"
  /** The relay has given an address, and nothing passes through it. */
  | "no-data"
  /** This browser does not take such an address. */
  | "refused-by-browser";

/** The browser's own number for "no answer" (W3C WebRTC, section 4.8.2); the others are those of STUN and TURN. */
const noAnswer = 701;

export function outcomeOf(kind: LegKind, findings: TrialFindings): LegOutcome {
  const { refused, found } = findings;
  if (refused) return { kind: "failed", failure: "refused-by-browser", fault: null };
  if (kind === "stun") return stunOutcome(findings);
  if (found === null) return failed(findings);
  if (findings.roundTrip === null) return { kind: "failed", failure: "no-data", fault: null };
  const address = findings.candidates.find(({ type }) => type === "relay")?.address ?? "";
  // A message from this page to itself goes to the relay and back already; its echo does so once more.
  const roundTrip = findings.roundTrip / 2;
  return { kind: "works", roundTrip, relay: { address, scope: scopeOf(address) }, translated: false };
}

/** An answer that names the device's own address is no candidate of its own (RFC 8445, section 5.1.3): then nothing is said. */
function stunOutcome(findings: TrialFindings): LegOutcome {
  const { found, faults, candidates, complete, tellsFaults } = findings;
  if (found !== null) return { kind: "works", roundTrip: found, relay: null, translated: true };
  const asked = candidates.filter(({ type, protocol }) => type === "host" && protocol === "udp").length;
  // Each of the device's addresses asks for itself; one that gets no answer proves nothing while another may have got one.
  if (asked === 0 || faults.length >= asked || !complete) return failed(findings);
  return tellsFaults && faults.length === 0
    ? { kind: "works", roundTrip: 0, relay: null, translated: false }
    : { kind: "unclear" };
}

function failed({ faults, complete }: TrialFindings): LegOutcome {
  // A server that refuses says more than an address from which it was not reached.
  const fault = faults.find(({ code }) => code >= 300 && code < 600) ?? faults.find(isAboutName) ?? faults[0] ?? null;
  // A browser that was still asking when it was given up had no answer until then.
  const silence = complete ? "untold" : "no-answer";
  return { kind: "failed", failure: fault === null ? silence : failureOf(fault), fault };
}

/** RFC 8489, section 14.8, and RFC 8656, section 19. */
function failureOf(fault: CandidateFault): LegFailure {
  switch (fault.code) {
    case 401:
    case 438:
    case 441:
      return "credentials";
    case 403:
      return "forbidden";
    case 486:
      return "quota";
    case 508:
      return "capacity";
    case noAnswer:
      return isAboutName(fault) ? "unknown-name" : "no-answer";
    default:
      return fault.code < 600 ? "error" : "no-answer";
  }
}

function isAboutName({ code, text }: CandidateFault): boolean {
  return code === noAnswer && /lookup|resol/i.test(text);
}
