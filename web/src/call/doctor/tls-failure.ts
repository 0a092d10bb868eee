import { tryPort, type TrialOptions } from "../../rtc/trial/index.js";
import type { Leg } from "./legs.js";
import type { LegOutcome } from "./outcome.js";

/** Where packets vanish, browsers wait for longer than this (milliseconds). */
const quick = 3_000;

/**
 * Browsers do not say why TLS fails. Where the port is open and TLS is given up soon, it is TLS itself: the certificate,
 * nearly always. `took`: milliseconds that it was tried for; `page`: where the page comes from.
 */
export async function explainTls(
  leg: Leg,
  outcome: LegOutcome,
  took: number,
  page: string,
  options: TrialOptions,
): Promise<LegOutcome> {
  if (leg.kind !== "relay-tls" || outcome.kind !== "failed" || took > quick) return outcome;
  if (outcome.failure !== "no-answer" && outcome.failure !== "untold") return outcome;
  const inTheClear = leg.url.replace(/^turns:/i, "turn:");
  const open = isPort(leg.url, page) || (await tryPort({ ...leg.server, urls: inTheClear }, options));
  return open ? { ...outcome, failure: "certificate" } : outcome;
}

/** The page itself came from there, with a certificate that a person may have let pass. */
function isPort(url: string, page: string): boolean {
  const [, host = "", port = "5349"] = /^turns:([^?]+?)(?::(\d+))?(?:\?|$)/i.exec(url) ?? [];
  if (!URL.canParse(page)) return false;
  const { protocol, hostname, port: pagePort } = new URL(page);
  return protocol === "https:" && hostname === host.toLowerCase() && (pagePort || "443") === port;
}
