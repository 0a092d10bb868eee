import { describe, expect, test } from "vitest";
import type { Envelope } from "../../rtc/index.js";
import { FakeChannel } from "../../rtc/testing/fake-transceiver.js";
import { Exchange, type Port } from "./exchange.js";

function portTo(id: string, incarnation = 1) {
  const sent: string[] = [];
  const port: Port = {
    id,
    incarnation,
    name: `${id}'s name`,
    post: (type) => (sent.push(type), true),
    openChannel: (label) => new FakeChannel(label) as unknown as RTCDataChannel,
  };
  return { port, sent };
}

function exchange() {
  const errors: unknown[] = [];
  return { exchange: new Exchange((error) => errors.push(error)), errors };
}

const hello: Envelope = { v: 1, type: "greeting" };

describe("an exchange", () => {
  test("reaches those whose channel is ready, and says of the others that they were not reached", () => {
    const { exchange: between } = exchange();
    const bob = portTo("bob");
    expect(between.post("bob", "greeting")).toBe(false);
    between.handleReady(bob.port);
    expect(between.post("bob", "greeting")).toBe(true);
    between.handleGone("bob");
    expect(between.post("bob", "greeting")).toBe(false);
    expect(bob.sent).toEqual(["greeting"]);
  });

  test("tells of a connection in the place of another as of a loss and a return", () => {
    const { exchange: between } = exchange();
    const heard: string[] = [];
    between.onReach(({ id, incarnation }) => heard.push(`${id} ${incarnation} reached`));
    between.onLoss(({ id, incarnation }) => heard.push(`${id} ${incarnation} lost`));
    between.handleReady(portTo("bob", 1).port);
    between.handleReady(portTo("bob", 2).port);
    between.handleGone("bob");
    between.handleGone("bob");
    expect(heard).toEqual(["bob 1 reached", "bob 1 lost", "bob 2 reached", "bob 2 lost"]);
  });

  test("brings each message to who listens for its type, and drops the rest", () => {
    const { exchange: between } = exchange();
    const heard: string[] = [];
    between.listen("greeting", (message, from) => heard.push(`${message.type} from ${from.id}`));
    between.handleMessage(hello, portTo("bob").port);
    between.handleMessage({ v: 1, type: "something else" }, portTo("bob").port);
    expect(heard).toEqual(["greeting from bob"]);
  });

  test("goes on when a part of it fails, and says so", () => {
    const { exchange: between, errors } = exchange();
    const heard: string[] = [];
    between.onReach(() => {
      throw new Error("a part that fails");
    });
    between.onReach(({ id }) => heard.push(id));
    between.handleReady(portTo("bob").port);
    expect(heard).toEqual(["bob"]);
    expect(errors).toHaveLength(1);
  });

  test("closes a channel that nobody expects", () => {
    const { exchange: between } = exchange();
    const channel = new FakeChannel("surprise:box");
    between.handleChannel(channel as unknown as RTCDataChannel, portTo("bob").port);
    expect(channel.readyState).toBe("closed");
  });

  test("lets nobody have more than 64 channels open", () => {
    const { exchange: between } = exchange();
    const accepted: RTCDataChannel[] = [];
    between.acceptChannels("file", (channel) => accepted.push(channel));
    const channels = Array.from({ length: 65 }, (_, number) => new FakeChannel(`file:${number}`));
    for (const channel of channels) {
      between.handleChannel(channel as unknown as RTCDataChannel, portTo("bob").port);
    }
    expect(accepted).toHaveLength(64);
    expect(channels[64]?.readyState).toBe("closed");
    channels[0]?.close();
    between.handleChannel(new FakeChannel("file:again") as unknown as RTCDataChannel, portTo("bob").port);
    expect(accepted).toHaveLength(65);
  });

  test("counts no channels of a connection that has ended, whose channels need not say so", () => {
    const { exchange: between } = exchange();
    const accepted: RTCDataChannel[] = [];
    between.acceptChannels("file", (channel) => accepted.push(channel));
    for (let connection = 0; connection < 3; connection += 1) {
      between.handleReady(portTo("bob").port);
      for (let number = 0; number < 64; number += 1) {
        between.handleChannel(new FakeChannel(`file:${number}`) as unknown as RTCDataChannel, portTo("bob").port);
      }
      between.handleGone("bob");
    }
    expect(accepted).toHaveLength(3 * 64);
  });
});
