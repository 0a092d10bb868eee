import { afterAll, describe, expect, it } from "vitest";
import { layouts } from "./harness/guide.mjs";
import { closeAll, get } from "./harness/https.mjs";
import { Parley } from "./harness/parley.mjs";
import { useStage } from "./harness/stage.mjs";

// SocketIOOptions.MaxSessionsPerAddress, which the server leaves at its default.
const limit = 1000;
const handshake = "/socket.io/?EIO=4&transport=polling";

/** Opens as many sessions as one address may have, and tells how many were granted. */
async function fill(address, { from, headers = () => ({}) } = {}) {
  let granted = 0;
  for (let opened = 0; opened < limit; opened += 20) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => get(address + handshake, { from, headers: headers(opened + i) })),
    );
    granted += answers.filter(({ status }) => status === 200).length;
  }
  return granted;
}

/** An address of nobody's, another one each time. */
const invented = (number) => ({ "X-Forwarded-For": `203.0.${number >> 8}.${number & 255}` });

afterAll(closeAll);

describe("connections are counted by the address of those behind nginx", () => {
  // Not "loopback": here even the clients come from there, and what a proxy says of a proxy is believed.
  const stage = useStage(layouts["a host of its own"], { settings: { "Parley:Proxies": "127.0.0.1" } });

  it("one who has too many leaves the others theirs, and cannot pass for others", async () => {
    expect(await fill(stage.url, { from: "127.0.0.2", headers: invented })).toBe(limit);
    expect((await get(stage.url + handshake, { from: "127.0.0.2" })).status).toBe(429);
    expect((await get(stage.url + handshake, { from: "127.0.0.2", headers: invented(7) })).status).toBe(429);
    expect((await get(stage.url + handshake, { from: "127.0.0.3" })).status).toBe(200);
  });
});

describe("of one who is no configured proxy", () => {
  it("no header changes the address, the host or the scheme", async () => {
    const parley = await Parley.start({ "Parley:Proxies": "192.0.2.1" });
    try {
      const headers = { ...invented(7), "X-Forwarded-Host": "meet.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/parley" };
      expect(JSON.parse((await get(`${parley.url}/phone`, { headers })).body).address).toBeNull();
      expect((await get(parley.url + handshake, { headers: { ...headers, Origin: "https://meet.example.org" } })).status).toBe(403);
      expect(await fill(parley.url, { headers: invented })).toBe(limit);
      expect((await get(parley.url + handshake, { headers: invented(5000) })).status).toBe(429);
    } finally {
      await parley.stop();
    }
  });
});
