import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type BrowserKind } from "../harness/browsers.js";
import { freePort, ownAddress } from "../harness/addresses.js";
import type { Participant } from "../harness/participant.js";
import { inspect } from "../harness/screens.js";
import { Stage } from "../harness/stage.js";

const kinds: BrowserKind[] = ["chromium", "firefox"];

describe("the connection test", () => {
  const stage = new Stage({ bare: true });

  beforeAll(async () => {
    const host = ownAddress();
    await stage.start({
      // The server's own relay, where browsers look for one: not at a loopback address. What is sent to itself may reach this machine.
      "Parley:Turn:Listen": host,
      "Parley:Turn:Port": "0",
      "Parley:Turn:AllowedPeers": host,
      // And one that is dead.
      "Parley:IceServers:0:Urls": `turns:${host}:${String(await freePort(host))}?transport=tcp`,
      "Parley:IceServers:0:Username": "ada",
      "Parley:IceServers:0:Credential": "countess",
    });
  });
  afterEach(() => stage.clear());

  it.each(kinds)("tells in %s which ways work and which does not, and why", async (kind) => {
    const ada = await stage.open(kind, `${stage.server.url}/doctor`, "Ada");
    await ada.waitForText("Calls will work from here");
    await ada.waitForText(/Connection to the server works over WebSocket, connected in/);
    await ada.waitForText(/Relay over UDP works turn:\S+\?transport=udp round trip (under 1|\d+)\sms/);
    await ada.waitForText(/Relay over TCP works turn:\S+\?transport=tcp round trip (under 1|\d+)\sms/);
    await ada.waitForText(/Relay over TLS fails turns:\S+/);
    await ada.waitForText("From networks that let only web pages through, calls fail.");
    await ada.waitForText("the certificate names exactly the host in the address");
    if (kind === "chromium") {
      await ada.waitForText(/error 701: /);
      await inspect(ada, "doctor");
      await inspectReport(ada);
    }
    // Firefox says of each connection that fails so, and one was meant to.
    expect(ada.errors.filter((error) => !error.includes("ICE failed"))).toEqual([]);
  });

  it("says in plain words that too many are testing from here", async () => {
    const crowd = await stage.open("chromium", stage.server.url, "Crowd");
    const answered = await crowd.page.evaluate(fillTests, "ws://" + stage.server.url.replace(/^https?:\/\//, ""));
    expect(answered).toContain('"refused","reason":"address"');
    const ada = await stage.open("chromium", `${stage.server.url}/doctor`, "Ada");
    await ada.waitForText("too many tests are running from this network");
    await ada.waitForText("Try again in a minute. Calls may work all the same.");
    await ada.waitForText(/Connection to the server works over WebSocket/);
    await inspect(ada, "doctor-refused");
    expect(ada.errors).toEqual([]);

    // With the page its connections end, and their tests.
    stage.forget(crowd);
    await crowd.close();
    await ada.press("Test again");
    await ada.waitForText("Calls will work from here");
  });

  it("opens in the lobby by keyboard, and gives the focus back", async () => {
    const ada = await stage.open("chromium", stage.server.link(stage.newRoom()), "Ada");
    await ada.tabTo("Test connection");
    await ada.page.keyboard.press("Enter");
    await ada.waitForText("Calls will work from here");
    await inspect(ada, "doctor-lobby");
    await ada.page.keyboard.press("Escape");
    await ada.waitForNoButton("Test again");
    expect(await ada.focused()).toBe("Test connection");
    expect(ada.errors).toEqual([]);
  });

  it("finds in a call what it found before: the tile and the list say how somebody is connected", async () => {
    const room = stage.newRoom();
    const ada = await stage.join("firefox", room, "Ada", onlyByRelay);
    const grace = await stage.join("chromium", room, "Grace");
    await stage.everyoneReceivesEveryone();
    await ada.press("Connection to Grace");
    await ada.waitForText(/Relayed through UDP Round trip (under 1|\d+)\sms/);
    await grace.page.bringToFront();
    await grace.tabTo("Connection to Ada");
    await grace.page.keyboard.press("Enter");
    await grace.waitForText(/Relayed, on the other side Round trip (under 1|\d+)\sms/);
    await inspect(grace, "way");
    expect([...ada.errors, ...grace.errors]).toEqual([]);
  });
});

/** Runs in a page: begins tests, each on a connection of its own, until the server takes no more; gives the refusal. */
async function fillTests(server: string): Promise<string> {
  for (let number = 0; number < 100; number++) {
    const socket = new WebSocket(`${server}/socket.io/?EIO=4&transport=websocket`);
    const answer = await new Promise<string>((resolve) => {
      socket.addEventListener("message", ({ data }) => {
        const text = String(data);
        // Engine.IO's greeting and its pings, Socket.IO's greeting, and the acknowledgement.
        if (text.startsWith("0")) socket.send("40");
        if (text.startsWith("2")) socket.send("3");
        if (text.startsWith("40")) socket.send('420["diagnose"]');
        if (text.startsWith("430")) resolve(text);
      });
    });
    if (!answer.includes('"ready"')) return answer;
  }
  return "all were taken";
}

/** As if nothing but the relay could be reached. */
function onlyByRelay(): void {
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super({ ...configuration, iceTransportPolicy: "relay" });
    }
  };
}

/** Where the clipboard is closed, the report is shown: what stands in it names no address of the person's. */
async function inspectReport(person: Participant): Promise<void> {
  await person.page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await person.press("Copy report");
  await person.waitForText("copy it by hand");
  const report = await person.page.evaluate(
    () => window.probe.all("textarea").find((area) => area instanceof HTMLTextAreaElement)?.value ?? "",
  );
  expect(report).toMatch(/Verdict: Calls will work from here\n/);
  expect(report).toMatch(/- Relay over TLS <turns:\S+>: fails, error 701/);
  expect(report).not.toContain("countess");
  expect(report.replaceAll(/<\S+>/g, "")).not.toMatch(/\bfd00::|\b192\.0\.2\./);
}
