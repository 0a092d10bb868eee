import { afterEach, beforeEach, expect, test } from "vitest";
import { Exchange } from "../exchange/exchange.js";
import { FakeStorage } from "../testing/fake-devices.js";
import { CallWorld, endWorld, startWorld } from "../testing/call-world.js";
import { Chat } from "./chat.js";

beforeEach(startWorld);
afterEach(endWorld);

function stored({ storage }: CallWorld): string {
  return [...storage.values].map((entry) => entry.join(" = ")).join("\n");
}

async function entered(storage?: FakeStorage): Promise<CallWorld> {
  const world = new CallWorld(storage);
  await world.enter();
  await world.call.chat.ready();
  return world;
}

test("a call's chat writes once the room was entered, and is found by the next page load", async () => {
  const early = new CallWorld();
  await early.call.chat.ready();
  expect(early.call.chat.send("Too early", null)).toBe("not-joined");
  const world = await entered();
  expect(world.call.chat.send("Hello", null)).toBe("sent");
  expect(world.call.chat.state.entries).toMatchObject([{ author: "me", name: "Ada", mine: true }]);
  world.call.suspend();
  const next = await entered(world.storage);
  expect(next.call.chat.state.entries).toMatchObject([{ text: "Hello", author: "me", mine: true }]);
});

test("who leaves the call leaves nothing of the chat in the tab", async () => {
  const world = await entered();
  world.call.chat.send("Secret", null);
  world.call.suspend();
  expect(stored(world)).toContain("Secret");
  const next = await entered(world.storage);
  next.call.chat.send("Another", null);
  next.call.leave();
  expect(stored(next)).not.toContain("parley.chat");
  // Also who had not come so far as to read it.
  const hasty = new CallWorld(new FakeStorage(world.storage.values));
  hasty.call.leave();
  expect(stored(hasty)).not.toContain("parley.chat");
});

test("what arrives before the chat is loaded is not lost", async () => {
  const exchange = new Exchange(() => {});
  const chat = new Chat(exchange, { server: "https://meet.test", room: "Room", name: "Ada" }, () => {});
  const posted: string[] = [];
  const bob = {
    id: "bob",
    incarnation: 1,
    name: "Bob",
    post: (type: string) => (posted.push(type), true),
    openChannel: () => null,
  };
  const news: string[] = [];
  chat.onNews(({ text }) => news.push(text));
  chat.handleSelf("me");
  exchange.handleReady(bob);
  exchange.handleMessage({ v: 1, type: "chat-sum", all: "5.x", one: "0.0" }, bob);
  exchange.handleMessage({ v: 1, type: "chat", series: "aaaaaaaa", number: 1, lamport: 1, text: "Hi" }, bob);
  expect(posted).toEqual([]);
  await chat.ready();
  expect(posted).toEqual(["chat-sum", "chat-have"]);
  expect(chat.state).toMatchObject({ entries: [{ text: "Hi", name: "Bob" }], unread: 1, reachable: ["bob"] });
  expect(news).toEqual(["Hi"]);
});
