import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect } from "vitest";
import type { Participant } from "./participant.js";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[];
}

/** Runs axe over the page, shadow roots included, and expects no violation. */
export async function expectAccessible(participant: Participant, screen: string): Promise<void> {
  expect(await violations(participant), `axe on ${screen}`).toEqual([]);
}

/** What axe finds on the page, shadow roots included. */
export async function violations(participant: Participant): Promise<unknown[]> {
  // The page's own policy forbids foreign scripts, and so it should; the debugger may still evaluate.
  if (!(await participant.page.evaluate(() => "axe" in window))) {
    await participant.page.evaluate(await readFile(axePath, "utf8"));
  }
  const found = await participant.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
    // What is in order needs no list of elements.
    return (await axe.run({ resultTypes: ["violations"] })).violations;
  });
  return found.map((v) => ({
    id: v.id,
    help: v.help,
    nodes: v.nodes.map((n) => [n.target, n.failureSummary]),
  }));
}

/** What a screen reader meets, as "role name", in order. */
export async function accessibleNames(participant: Participant, ...roles: string[]): Promise<string[]> {
  const client = await participant.page.createCDPSession();
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  await client.detach();
  return nodes
    .filter((n) => !n.ignored && roles.includes(String(n.role?.value)))
    .map((n) => `${String(n.role?.value)} ${String(n.name?.value)}`);
}
