import { describe, expect, it } from "vitest";
import { layouts } from "./harness/guide.mjs";
import { get } from "./harness/https.mjs";
import { event, join, useStage } from "./harness/stage.mjs";

describe.each(Object.entries(layouts))("below %s", (_name, layout) => {
  const stage = useStage(layout);

  it.each(["/", "/r/blue-room", "/r/blue-room/"])("the page at %s finds all its files", async (path) => {
    const page = await get(stage.url + path);
    expect(page.status).toBe(200);
    const names = [...page.body.matchAll(/(?:src|href)="([^"]+)"/gu)].map((match) => match[1]);
    expect(names.length).toBeGreaterThan(4);
    for (const name of names) {
      const file = new URL(name, stage.url + path);
      expect(file.pathname.startsWith(`${layout.path}/`), file.href).toBe(true);
      expect((await get(file)).status, file.href).toBe(200);
    }
  });

  it("an installed page begins where it should, and finds its icons", async () => {
    const manifest = new URL(`${stage.url}/manifest.webmanifest`);
    const { start_url, scope, icons } = JSON.parse((await get(manifest)).body);
    expect(new URL(start_url, manifest).pathname).toBe(`${layout.path}/`);
    expect(new URL(scope, manifest).pathname).toBe(`${layout.path}/`);
    for (const { src } of icons) {
      expect((await get(new URL(src, manifest))).status).toBe(200);
    }
  });

  it("health answers everyone, metrics nobody who comes through nginx", async () => {
    expect((await get(`${stage.url}/health`)).status).toBe(200);
    expect((await get(`${stage.url}/metrics`)).status).toBe(403);
    expect((await get(`${stage.parley.url}/metrics`)).status).toBe(200);
  });

  it("the path without its last slash leads to the page", async () => {
    let address = new URL(stage.url);
    for (let hops = 0; hops < 3; hops += 1) {
      const answer = await get(address);
      if (answer.status === 200) break;
      address = new URL(answer.headers.location, address);
    }
    expect(address.pathname).toBe(`${layout.path}/`);
  });

  it("the address for phones is the one that the browser asked for", async () => {
    const headers = { Host: "meet.example.org" };
    expect(JSON.parse((await get(`${stage.url}/phone`, { headers })).body)).toEqual({
      address: `https://meet.example.org${layout.path}/`,
      selfSigned: false,
      possible: false,
    });
    expect((await get(`${stage.url}/phone.svg`, { headers })).headers["content-type"]).toBe("image/svg+xml; charset=utf-8");
  });

  it("two clients meet, and go over to WebSocket", async () => {
    const ada = stage.connect();
    const grace = stage.connect();
    expect((await join(ada, "blue-room", "Ada")).status).toBe("admitted");
    const welcome = event(ada, "welcome");
    const admitted = await join(grace, "blue-room", "Grace");
    expect(admitted.participants.map((participant) => participant.name)).toEqual(["Ada"]);
    await welcome;
    for (const socket of [ada, grace]) {
      if (socket.io.engine.transport.name !== "websocket") {
        await event(socket.io.engine, "upgrade");
      }
      expect(socket.io.engine.transport.name).toBe("websocket");
    }
  });

  it("says nothing of proxies in the log, since all is as it should be", () => {
    expect(stage.parley.output).not.toMatch(/Parley:Proxies|Parley:AllowedOrigins|warn/u);
  });
});
