import { inspect } from "node:util";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { BrowserKind } from "../harness/browsers.js";
import { call, expectAsTheorySays } from "./cell.js";
import { Lab } from "./lab.js";
import { natKinds, natPairs, type NatKind } from "./nat-kind.js";
import { keep, type Tried } from "./record.js";
import { relayKind } from "./relay.js";
import { writeReport } from "./report.js";

/** Every pair in Chromium, and one of each kind with a Firefox on one side. */
const calls: readonly (readonly [NatKind, NatKind, BrowserKind, BrowserKind])[] = [
  ...natPairs.map(([a, b]) => [a, b, "chromium", "chromium"] as const),
  ...natKinds.map((kind) => [kind, kind, "firefox", "chromium"] as const),
];

describe(`with the relay of ${relayKind}`, () => {
  const tried: Tried[] = [];
  let lab: Lab | undefined;

  beforeAll(async () => {
    lab = await Lab.open(relayKind);
  });

  afterAll(async () => {
    if (lab !== undefined && tried.length === calls.length) {
      await keep(relayKind, { ...lab.circumstances(), tried });
      await writeReport();
    }
    await lab?.close();
  });

  it.each(calls)("%s x %s, %s and %s", async (a, b, ...browsers) => {
    if (lab === undefined) throw new Error("There is no lab.");
    const seen = await call(lab, [a, b], browsers).catch((error: unknown) => {
      tried.push({ kinds: [a, b], browsers, seen: null });
      console.log(`${a} x ${b}, ${browsers.join(" and ")}: no call: ${inspect(error)}`);
      throw error;
    });
    tried.push({ kinds: [a, b], browsers, seen });
    const [left, right] = seen.legs;
    console.log(
      `${a} x ${b}, ${browsers.join(" and ")}: ${String(seen.route)}` +
        ` (${String(left.path?.local)}-${String(right.path?.local)}, ${String(left.connectedAfter)} and ${String(right.connectedAfter)} ms)`,
    );
    expectAsTheorySays(seen);
  });
});
