import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Desks, digest, eventually } from "../testing/desks.js";
import { fileOf } from "../testing/fake-files.js";
import type { LinkedChannel } from "../testing/linked-pages.js";
import { emptyChain, extend, hex } from "./chain.js";
import { mostOpen } from "./desk.js";
import { type Message, blockSize, pieceSize, windowSize } from "./wire.js";

// Megabytes are hashed here, and other tests run beside it.
vi.setConfig({ testTimeout: 60_000 });

let desks: Desks;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  desks = new Desks();
});

afterEach(() => {
  expect(desks.pages.errors).toEqual([]);
  vi.useRealTimers();
});

/** A channel of somebody who writes what he likes. */
class Stranger {
  readonly heard: string[] = [];
  readonly channel: LinkedChannel;

  constructor(id = "0123456789abcdef", to: "ada" | "bob" = "bob") {
    const { ada, bob, opened } = desks.pages;
    if (to === "bob") ada.openChannel("bob", "file", id);
    else bob.openChannel("ada", "file", id);
    const channel = (to === "bob" ? opened.ada : opened.bob).at(-1);
    if (!channel) throw new Error("not opened");
    this.channel = channel;
    channel.onmessage = ({ data }) => void this.heard.push(String(data));
  }

  async say(...messages: readonly (Message | string | Uint8Array<ArrayBuffer>)[]): Promise<void> {
    await eventually(() => expect(this.channel.readyState).not.toBe("connecting"));
    for (const message of messages) {
      if (this.channel.readyState !== "open") return;
      this.channel.send(
        typeof message === "string" || message instanceof Uint8Array ? message : JSON.stringify(message),
      );
    }
  }

  async closed(): Promise<void> {
    await eventually(() => expect(this.channel.readyState).toBe("closed"));
  }
}

const offer = (size: number, name = "gift.bin"): Message => ({ type: "offer", name, size });

async function accepted(size: number): Promise<Stranger> {
  const stranger = new Stranger();
  await stranger.say(offer(size));
  await eventually(() => expect(desks.got?.phase.kind).toBe("offered"));
  desks.accept();
  await eventually(() => expect(stranger.heard).toEqual(['{"type":"accept","offset":0}']));
  return stranger;
}

describe("a sender", () => {
  test.each([
    ["sends more than it said", 1_000, [new Uint8Array(1_001)]],
    ["sends a piece that is too long", blockSize, [new Uint8Array(pieceSize + 1)]],
    ["sends nothing at all, many times", 1_000, [new Uint8Array(0)]],
    ["goes on into the next block without a digest", 2 * blockSize, Array(17).fill(new Uint8Array(pieceSize))],
    ["says that a block is over that is not", 1_000, [new Uint8Array(10), { type: "block", digest: "0".repeat(64) }]],
    ["says that a block is over that has not begun", 1_000, [{ type: "block", digest: "0".repeat(64) }]],
    ["speaks nonsense", 1_000, ["hello"]],
    ["speaks as a receiver does", 1_000, [{ type: "confirm", offset: 0 }]],
    ["offers again on the same channel", 1_000, [offer(1_000)]],
  ] as [string, number, (Message | string | Uint8Array<ArrayBuffer>)[]][])(
    "that %s is cut off",
    async (_, size, sent) => {
      const stranger = await accepted(size);
      await stranger.say(...sent);
      await stranger.closed();
      expect(desks.got?.phase).toEqual({ kind: "failed", reason: "violation" });
      expect(desks.sink.aborted).toBe(1);
      expect(stranger.heard.at(-1)).toBe('{"type":"cancel","reason":"violation"}');
    },
  );

  test("that lies about the digest is found out before anything of the block is stored", async () => {
    const stranger = await accepted(1_000);
    await stranger.say(new Uint8Array(1_000), { type: "block", digest: "f".repeat(64) });
    await stranger.closed();
    expect(desks.got?.phase).toEqual({ kind: "failed", reason: "damaged" });
    expect(desks.sink.size).toBe(0);
    expect(stranger.heard.at(-1)).toBe('{"type":"cancel","reason":"damaged"}');
  });

  test("that swaps two blocks is found out, though each of them is whole", async () => {
    const [one, two] = [new Uint8Array(blockSize).fill(1), new Uint8Array(blockSize).fill(2)];
    const stranger = await accepted(2 * blockSize);
    const first = await extend(emptyChain, one, digest);
    const second = await extend(first, two, digest);
    const pieces = Array.from({ length: 16 }, (_, at) => two.subarray(at * pieceSize, (at + 1) * pieceSize));
    await stranger.say(...pieces, { type: "block", digest: hex(second) });
    await stranger.closed();
    expect(desks.got?.phase).toEqual({ kind: "failed", reason: "damaged" });
  });

  test("that does not wait for confirmations is cut off after one window", async () => {
    desks.sink.before = () => new Promise(() => {});
    const stranger = await accepted(100 * blockSize);
    let chain = emptyChain;
    const block = new Uint8Array(blockSize);
    for (let at = 0; at <= windowSize; at += blockSize) {
      chain = await extend(chain, block, digest);
      for (let piece = 0; piece < 16; piece += 1) await stranger.say(new Uint8Array(pieceSize));
      await stranger.say({ type: "block", digest: hex(chain) });
    }
    await stranger.closed();
    expect(desks.got?.phase).toEqual({ kind: "failed", reason: "violation" });
  });

  test("that sends before it was asked is cut off", async () => {
    const stranger = new Stranger();
    await stranger.say(offer(1_000), new Uint8Array(10));
    await stranger.closed();
    expect(desks.got?.phase).toEqual({ kind: "failed", reason: "violation" });
  });

  test("that comes back with another file under the same name is cut off", async () => {
    await accepted(1_000);
    desks.pages.line.cut();
    desks.pages.connect();
    const again = new Stranger();
    await again.say(offer(2_000));
    await again.closed();
    expect(desks.got?.phase).toEqual({ kind: "failed", reason: "violation" });
  });

  test.each([
    ["bytes", new Uint8Array(10)],
    ["nonsense", "hello"],
    ["an offer without size", '{"type":"offer","name":"a"}'],
    ["an offer of a negative size", '{"type":"offer","name":"a","size":-1}'],
    ["an offer of a size that is no whole number", '{"type":"offer","name":"a","size":1.5}'],
    ["an offer with a name that is too long", JSON.stringify(offer(1, "a".repeat(256)))],
    ["an offer that is far too long", JSON.stringify({ ...offer(1), more: "a".repeat(5_000) })],
  ])("that begins with %s is not listened to", async (_, sent) => {
    const stranger = new Stranger();
    await stranger.say(sent);
    await stranger.closed();
    expect(desks.got).toBeUndefined();
  });

  test.each(["", "0123456789abcdeg", "0123456789abcdef0", "../../etc/passwd"])(
    "whose channel is named %j is not listened to",
    async (id) => {
      const stranger = new Stranger(id);
      await stranger.closed();
      expect(desks.got).toBeUndefined();
    },
  );

  test(`may have ${mostOpen} offers waiting, and not more`, async () => {
    const strangers = Array.from({ length: mostOpen + 1 }, (_, at) => new Stranger(`000000000000000${at}`));
    for (const stranger of strangers) await stranger.say(offer(1));
    await strangers.at(-1)?.closed();
    expect(strangers.at(-1)?.heard).toEqual(['{"type":"decline","reason":"too-many"}']);
    expect(desks.bob.state.transfers).toHaveLength(mostOpen);
  });

  test("that offers and takes back, again and again, is not listened to any more", async () => {
    let refused = 0;
    for (let at = 0; at < 60; at += 1) {
      const stranger = new Stranger(`00000000000000${String(at).padStart(2, "0")}`);
      await stranger.say(offer(1), { type: "cancel", reason: "cancelled" });
      await stranger.closed();
      if (stranger.heard.length > 0) refused += 1;
    }
    expect(refused).toBe(60 - 32);
    expect(desks.bob.state.transfers).toHaveLength(32);
  });
});

describe("a receiver", () => {
  /** Ada's offer, answered by somebody who writes what he likes. */
  async function answered(
    ...messages: readonly (Message | string | Uint8Array<ArrayBuffer>)[]
  ): Promise<LinkedChannel> {
    const told: LinkedChannel[] = [];
    desks.pages.bob.acceptChannels("file", (channel) => told.push(channel as unknown as LinkedChannel));
    await desks.ada.offer([fileOf(20 * blockSize)]);
    await eventually(() => expect(told).toHaveLength(1));
    const [channel] = told;
    if (!channel) throw new Error("not offered");
    for (const message of messages) {
      channel.send(typeof message === "string" || message instanceof Uint8Array ? message : JSON.stringify(message));
    }
    return channel;
  }

  test.each([
    ["wants bytes from where there are none", [{ type: "accept", offset: 5 }]],
    [
      "accepts twice",
      [
        { type: "accept", offset: 0 },
        { type: "accept", offset: 0 },
      ],
    ],
    ["confirms what it was not sent", [{ type: "confirm", offset: blockSize }]],
    [
      "confirms more than it was sent",
      [
        { type: "accept", offset: 0 },
        { type: "confirm", offset: 20 * blockSize },
      ],
    ],
    ["says that it has all of it", [{ type: "accept", offset: 0 }, { type: "done" }]],
    [
      "declines what it has accepted",
      [
        { type: "accept", offset: 0 },
        { type: "decline", reason: "declined" },
      ],
    ],
    ["sends bytes itself", [new Uint8Array(10)]],
    ["speaks nonsense", ["{"]],
    ["offers something on it", [offer(1)]],
  ] as [string, (Message | string | Uint8Array<ArrayBuffer>)[]][])("that %s gets nothing", async (_, messages) => {
    const channel = await answered(...messages);
    await eventually(() => expect(desks.sent?.phase).toEqual({ kind: "failed", reason: "violation" }));
    await eventually(() => expect(channel.readyState).toBe("closed"));
  });
});
