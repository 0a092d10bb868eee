import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { setTimeout } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { ownAddress } from "../harness/addresses.js";
import { Browser, type BrowserKind } from "../harness/browsers.js";
import { eventually } from "../harness/waiting.js";
import { Tap, type Conversation } from "./tap.js";
import { TurnOnly } from "./turn-only.js";
import { askForAddress, connectTwoEnds, type IceCredential } from "./two-ends.js";

interface Relaying {
  readonly protocol: string;
  readonly ice: IceCredential[];
  readonly messages: string[];
}

const folder = new URL("../../Parley.Stun.Tests/Messages/Browsers/", import.meta.url);
const host = ownAddress();

// How many of a kind are kept: what comes after is more of the same.
const enough = 2;

describe.each<BrowserKind>(["chromium", "firefox"])("what %s says to a TURN server", (kind) => {
  let server: TurnOnly;
  let tap: Tap;
  let browser: Browser;
  beforeAll(async () => {
    server = await TurnOnly.start(host);
    tap = await Tap.start(host, server.ports.udp, server.ports.tcp);
    browser = await Browser.launch(kind);
  });
  afterAll(async () => {
    await browser.close();
    tap.stop();
    await server.stop();
  });

  it("is written down", async () => {
    const page = await browser.newPage();
    const when = new Date().toISOString();
    const relaying = [await relay(page, "udp"), await relay(page, "tcp")];
    const asked = tap.udp.length;
    await askForAddress(page, `stun:${host}:${String(tap.ports.udp)}`);
    const binding = await eventually("a Binding request", () => Promise.resolve(tap.udp[asked]));

    const recording = {
      browser: await browser.version(),
      recorded: when,
      server: {
        address: host,
        realm: TurnOnly.realm,
        user: TurnOnly.user,
        password: TurnOnly.password,
        nonceKey: "00".repeat(32),
      },
      binding: messages(binding),
      relaying,
    };
    await writeFile(fileURLToPath(new URL(`${kind}.json`, folder)), `${JSON.stringify(recording, undefined, 2)}\n`);
  });

  // Over TCP Firefox may close the connection before it has said that it goes: then it is asked again.
  async function relay(page: Page, protocol: "udp" | "tcp"): Promise<Relaying> {
    const urls = `turn:${host}:${String(tap.ports[protocol])}?transport=${protocol}`;
    return eventually(`a whole conversation over ${protocol}`, async () => {
      const before = tap[protocol].length;
      const ice = await connectTwoEnds(page, [{ urls, username: TurnOnly.user, credential: TurnOnly.password }]);
      await setTimeout(500);
      const conversation = whole(tap[protocol].slice(before));
      return conversation && { protocol, ice, messages: messages(conversation) };
    });
  }
});

/** Of the two ends, and of all that they tried, who said most from the first Allocate to the Refresh that ends it. */
function whole(conversations: Conversation[]): Conversation | undefined {
  const said = (conversation: Conversation, method: string): boolean =>
    conversation.some(({ from, bytes }) => from === "client" && bytes.toString("hex", 0, 2) === method);
  return conversations
    .filter((conversation) => said(conversation, "0008") && said(conversation, "0016") && said(conversation, "0004"))
    .sort((a, b) => b.length - a.length)[0];
}

/** What the client said, in its order, without what it said again. */
function messages(conversation: Conversation): string[] {
  const seen = new Map<string, number>();
  return conversation
    .filter(({ from }) => from === "client")
    .map(({ bytes }) => bytes.toString("hex"))
    .filter((hex, at, all) => all.indexOf(hex) === at)
    .filter((hex) => {
      const kind = hex.startsWith("4") ? "ChannelData" : hex.slice(0, 4);
      const count = (seen.get(kind) ?? 0) + 1;
      seen.set(kind, count);
      // Send indications and ChannelData carry all the rest of the call.
      return count <= enough || !["0016", "ChannelData"].includes(kind);
    });
}
