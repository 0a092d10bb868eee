import { describe, expect, it } from "vitest";
import { layouts } from "./harness/guide.mjs";
import { connects, event, join, useStage } from "./harness/stage.mjs";

describe.each(["refused", "stripped"])("where WebSocket is %s", (webSocket) => {
  const stage = useStage(layouts["a path that nginx takes away"], { webSocket });

  it("a client that wants nothing else does not connect", async () => {
    expect(await connects(stage.connect({ transports: ["websocket"] }))).toBe(false);
  });

  it("two clients meet by long-polling, and hear of each other at once", async () => {
    const ada = stage.connect();
    const grace = stage.connect();
    let upgrades = 0;
    for (const socket of [ada, grace]) {
      socket.io.engine.on("upgrade", () => (upgrades += 1));
    }
    // The attempt to upgrade is made and fails while they talk.
    const failed = [ada, grace].map((socket) => event(socket.io.engine, "upgradeError"));

    expect((await join(ada, "blue-room", "Ada")).status).toBe("admitted");
    const welcome = event(ada, "welcome");
    expect((await join(grace, "blue-room", "Grace")).status).toBe("admitted");
    expect((await welcome).participant.name).toBe("Grace");
    await Promise.all(failed);

    const heard = event(grace, "media");
    expect(await ada.emitWithAck("media", { microphone: false, camera: true, screen: false })).toEqual({ ok: true });
    expect((await heard).media).toEqual({ microphone: false, camera: true, screen: false });
    expect(upgrades).toBe(0);
    for (const socket of [ada, grace]) {
      expect(socket.connected).toBe(true);
      expect(socket.io.engine.transport.name).toBe("polling");
    }

    await stage.parley.said(/ warn: .*still uses HTTP long-polling/u);
  });
});
