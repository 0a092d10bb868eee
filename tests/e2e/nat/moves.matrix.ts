import { inspect } from "node:util";
import { afterAll, beforeAll, describe, it } from "vitest";
import { Lab } from "./lab.js";
import { expectToBeBackSoon, move, moves, type Moved } from "./move.js";
import { keepMoves } from "./record.js";
import { relayKind } from "./relay.js";
import { writeReport } from "./report.js";

describe(`with the relay of ${relayKind}`, () => {
  const tried: Moved[] = [];
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await Lab.open(relayKind);
  });
  afterAll(async () => {
    if (lab !== undefined && tried.length === moves.length) {
      await keepMoves({ ...lab.circumstances(), tried });
      await writeReport();
    }
    await lab?.close();
  });

  it.each(moves.map((each) => [each.name, each.browser, each] as const))("%s, in %s", async (name, _, each) => {
    if (lab === undefined) throw new Error("There is no lab.");
    const seen = await move(lab, each).catch((error: unknown) => {
      console.log(`${name}: ${inspect(error)}`);
      throw error;
    });
    tried.push(seen);
    console.log(`${name}: ${seen.before}, then ${seen.after}; no picture for ${seen.pauses.join(" and ")} ms`);
    expectToBeBackSoon(seen);
  });
});
