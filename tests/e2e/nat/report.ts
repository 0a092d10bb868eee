import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import type { Moved } from "./move.js";
import { recall, recallMoves, type MatrixRecord, type MovesRecord, type Tried } from "./record.js";

const document = fileURLToPath(new URL("../../../docs/nat-matrix.md", import.meta.url));

/** Writes into docs/nat-matrix.md what was recorded last. Of what was not recorded here, the document keeps what it has. */
export async function writeReport(): Promise<void> {
  const records = (await Promise.all([recall("parley"), recall("coturn")])).filter((record) => record !== null);
  const moves = await recallMoves();
  const written = [...records.map(section), ...(moves === null ? [] : [movesSection(moves)])];
  const kept = (await readFile(document, "utf8")).split(/\n(?=## )/u).slice(1);
  const texts = headings.flatMap((heading) => {
    const has = (text: string): boolean => text.trimStart().startsWith(heading);
    return written.find(has) ?? kept.find(has) ?? [];
  });
  await writeFile(
    document,
    await format([introduction, ...texts].join("\n"), { parser: "markdown", proseWrap: "preserve" }),
  );
}

/** What the sections begin with, in order. */
const headings = ["## With the relay of Parley", "## With the relay of coturn", "## When a network changes"] as const;

const introduction = `# Through NATs: what was measured

<!-- Written by eng/nat-matrix.sh. -->

Two real browsers, each behind a router of its own, call each other through the real page and the real server. Routers, server and
clients are network namespaces of one machine; the routers translate and filter with nftables. Every pair of kinds is tried:

| Kind | Mapping (RFC 4787, 4.1) | Filtering (RFC 4787, 5) |
| --- | --- | --- |
| none | a public address | none |
| full cone | endpoint-independent | endpoint-independent |
| address-restricted | endpoint-independent | address-dependent |
| port-restricted | endpoint-independent | address and port-dependent |
| symmetric | address and port-dependent, ports at random | address and port-dependent |
| UDP blocked | no UDP at all; TCP as port-restricted | |
| TCP 443 only | nothing but TCP to port 443 | |

A relay listens for UDP and TCP at port 3478 and for TLS at port 443. A row is as it should be when both see and hear each other
within 15 seconds by the best route there is; when, on that route, the routers let in not one byte that did not come from the relay; and
when the relay has no allocation left after both have left. The run fails otherwise.

The columns:

- **Theory**: the best route there is. \`direct\`: without a relay. \`relay/udp\`, \`relay/tcp\`, \`relay/tls\`: through one, reached in that
  way by whoever has to use it. With \`+\`, each end has a relay of its own.
- **Found**: the route of the call, by both browsers' statistics.
- **Candidates**: what each end sends from, by its own account (\`host\`, \`srflx\`, \`prflx\`, \`relay\`: RFC 8445, section 5.1.1). Behind a
  cone, \`prflx\` is the same address as \`srflx\`: the other browser told it before the STUN server did.
- **Connected**: milliseconds from the making of the connection until it was connected, at each end. The machine had two processors and two
  browsers; read it as an upper bound.
- **Around**: bytes let in to A and to B that came neither from the server nor from its relay.
- **Allocations**: how many the relay had during the call, and how many were left after it. Browsers make one for each way to a relay.
`;

function section({ relay, date, versions, tried }: MatrixRecord): string {
  return `
## With the relay of ${relay}

${date}; ${versions.join(", ")}.

| A | B | Browsers | Theory | Found | Candidates | Connected | Around | Allocations |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${tried.map(row).join("\n")}
`;
}

const browserNames = { chromium: "Chromium", firefox: "Firefox" } as const;

function row({ kinds, browsers, seen }: Tried): string {
  const names = browsers.map((kind) => browserNames[kind]);
  if (seen === null) {
    return `| ${[...kinds, names.join(", "), "", "**no call**", "", "", "", ""].join(" | ")} |`;
  }
  const { expected, route, legs, delivered, allocations } = seen;
  const cells = [
    ...kinds,
    names.join(", "),
    expected,
    route === expected ? route : `**${String(route)}**`,
    legs.map((leg) => leg.path?.local).join(", "),
    legs.map((leg) => leg.connectedAfter).join(", "),
    delivered.map(({ fromOthers }) => fromOthers).join(", "),
    `${String(allocations.during)}, ${String(allocations.after)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function movesSection({ date, versions, tried }: MovesRecord): string {
  return `
## When a network changes

By \`eng/nat-matrix.sh --move\`. A's network changes in the middle of a call. Nobody reloads anything, and the connection between the two
stays the same: ICE finds it another path. The last column says for how long no new picture came, at A and at B; a row is as it should be
when that is less than 15 seconds, when sound is back as well, and when the relay has no allocation left after both have left.

Browsers need about five seconds to find out that nothing arrives any more, and hold on to the better of two paths until then. Only where
the system tells them of the change, and the new path is as good as the old one, it takes less.

${date}; ${versions.join(", ")}.

| What happens to A | A's browser | Before | After | No picture for (ms) |
| --- | --- | --- | --- | --- |
${tried.map(movedRow).join("\n")}
`;
}

function movedRow({ name, browser, before, after, pauses }: Moved): string {
  return `| ${[name, browserNames[browser], before, after, pauses.join(", ")].join(" | ")} |`;
}
