import { describe, expect, test } from "vitest";
import { clients, event, transports } from "../harness/client.mjs";
import { clientHeartbeat, useHost } from "../harness/host.mjs";

const connect = clients(useHost("client", clientHeartbeat));

describe.each(transports)("namespaces by %s", (_, options) => {
  test("share one connection", async () => {
    const main = connect("/", options);
    const custom = main.io.socket("/custom");
    await Promise.all([event(main, "connect"), event(custom, "connect")]);
    expect(custom.id).not.toBe(main.id);
    expect(await custom.emitWithAck("ack", "custom")).toBe("custom");
    expect(await main.emitWithAck("ack", "main")).toBe("main");

    custom.disconnect();
    expect(await main.emitWithAck("ack", "main")).toBe("main");
    custom.connect();
    await event(custom, "connect");
    expect(await custom.emitWithAck("ack", "again")).toBe("again");
  });

  test("that do not exist are refused, and the others are not touched", async () => {
    const main = connect("/", options);
    const none = main.io.socket("/none");
    const [error] = await event(none, "connect_error");
    expect(error.message).toBe("Invalid namespace");
    expect(error.data).toBeUndefined();
    expect(none.connected).toBe(false);
    expect(await main.emitWithAck("ack", "main")).toBe("main");
  });

  test("may refuse with data", async () => {
    const [error] = await event(connect("/refused", options), "connect_error");
    expect(error.message).toBe("not you");
    expect(error.data).toEqual({ code: 7 });
  });

  test("may ask for a token, which may come later", async () => {
    const socket = connect("/token", { ...options, auth: { token: "wrong" } });
    const [error] = await event(socket, "connect_error");
    expect(error.message).toBe("unauthorized");
    socket.auth = { token: "secret" };
    socket.connect();
    await event(socket, "connect");
    expect(await socket.emitWithAck("ack", 1)).toBe(1);
  });
});
