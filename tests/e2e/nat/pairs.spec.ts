import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, expectAsTheorySays } from "./cell.js";
import { Lab } from "./lab.js";
import { loseOnOneLine } from "./loss.js";
import { expectToBeBackSoon, move, moveToSymmetric } from "./move.js";
import { Namespace } from "./namespace.js";
import type { NatKind } from "./nat-kind.js";
import { relayKind } from "./relay.js";

/** One pair for each way to a relay. The others: eng/nat-matrix.sh. */
const telling: readonly (readonly [NatKind, NatKind])[] = [
  ["port-restricted", "symmetric"],
  ["UDP blocked", "symmetric"],
  ["TCP 443 only", "full cone"],
];

const refusal = await Namespace.refusal();

if (refusal === null) {
  describe("a call finds its way through", () => {
    let lab: Lab | undefined;
    beforeAll(async () => {
      lab = await Lab.open(relayKind);
    });
    afterAll(() => lab?.close());

    it.each(telling)("%s x %s", async (a, b) => {
      if (lab === undefined) throw new Error("There is no lab.");
      const seen = await call(lab, [a, b], ["chromium", "chromium"]);
      expectAsTheorySays(seen);
    });

    it("and another way, when one end changes over to another network", async () => {
      if (lab === undefined) throw new Error("There is no lab.");
      expectToBeBackSoon(await move(lab, moveToSymmetric));
    });

    it("and what a line loses on the way up or down is blamed on that line, by everybody", async () => {
      if (lab === undefined) throw new Error("There is no lab.");
      expect(await loseOnOneLine(lab)).toEqual([]);
    });
  });
} else {
  // Said by test.sh as well, which shows no output of tests that pass.
  it(`calls through NATs are NOT tried here, for want of network namespaces: ${refusal}`, () => {
    expect(refusal, "nothing but a machine that forbids them excuses it").toMatch(
      /not permitted|permission denied|not supported|read-only/iu,
    );
  });
}
