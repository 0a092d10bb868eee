import { createHmac, randomBytes } from "node:crypto";
import { describe, it } from "vitest";
import { useStage } from "../harness/stage.js";

const secret = randomBytes(32).toString("hex");

/** A join token as any application can make one (RFC 7515, RFC 7519). */
function mint(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ exp: Math.floor(Date.now() / 1_000) + 60, ...claims })}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

describe("where another application decides who enters", () => {
  const stage = useStage({ "Parley:JoinTokens:Secrets": secret, "Parley:JoinTokens:Required": "true" }, { bare: true });

  it("a link brings in who it is for, as what it says, and nobody else", async () => {
    const room = stage.newRoom();
    const link = (name: string, claims: object): string => `${stage.server.link(room, name)}#token=${mint(claims)}`;
    const pupil = await stage.joinAt("chromium", link("Ada", { room, name: "Ada Lovelace" }), "Ada Lovelace");
    const teacher = await stage.joinAt("firefox", link("T", { room, name: "Grace", role: "host" }), "Grace");
    await pupil.waitForMedia("Grace");
    await teacher.waitForMedia("Ada Lovelace");
    await teacher.waitForButton("Host controls");
    // Who was first is no host by that.
    await pupil.press("Participants");
    await pupil.waitForNoButton("Host controls");
    await pupil.page.reload();
    await pupil.waitForMedia("Grace");

    const stranger = await stage.open("chromium", stage.server.link(room, "Mallory"), "Mallory");
    await stranger.waitForText("You need an invitation");
    const late = await stage.open("chromium", link("Late", { room: "another-room" }), "Late");
    await late.waitForText("This invitation does not work");
  });

  it("a link lets nobody in before its time, nor after it", async () => {
    const room = stage.newRoom();
    const now = Math.floor(Date.now() / 1_000);
    // Far beyond what clocks may differ by.
    const claims = { expired: { exp: now - 3_600 }, early: { exp: now + 7_200, nbf: now + 3_600 } };
    for (const [name, times] of Object.entries(claims)) {
      const link = `${stage.server.link(room, name)}#token=${mint({ room, ...times })}`;
      const person = await stage.open("chromium", link, name);
      await person.waitForText("This invitation does not work");
    }
  });
});
