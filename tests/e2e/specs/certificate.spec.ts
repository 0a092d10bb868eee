import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort, ownAddress } from "../harness/addresses.js";
import { Authority } from "../harness/authority.js";
import { Browser, type BrowserKind } from "../harness/browsers.js";
import { Participant } from "../harness/participant.js";
import { inspect } from "../harness/screens.js";
import { Server } from "../harness/server.js";

const host = ownAddress();
const advice = "come from an authority that browsers know";
const title = "this browser does not accept the certificate that the server shows there";

describe("the connection test, where TLS depends on the certificate", () => {
  const undo: (() => Promise<void>)[] = [];
  let authority: Authority;
  let server: Server;
  const browsers = new Map<string, Browser>();
  const present: Participant[] = [];

  beforeAll(async () => {
    authority = await Authority.create([host]);
    undo.unshift(() => authority.remove());
    server = await serve(authority);
  });
  afterEach(() => Promise.all(present.splice(0).map((person) => person.close())));
  afterAll(async () => {
    await Promise.all([...browsers.values()].map((browser) => browser.close()));
    for (const each of undo) await each();
  });

  async function serve(from: Authority, settings: Record<string, string> = {}): Promise<Server> {
    const started = await Server.start({
      "Parley:Turn:Listen": host,
      "Parley:Turn:Port": "0",
      "Parley:Turn:TlsPort": "0",
      "Parley:Turn:AllowedPeers": host,
      "Parley:Https:Certificate": from.certificate,
      "Parley:Https:Key": from.key,
      ...settings,
    });
    undo.unshift(() => started.stop());
    return started;
  }

  /** A browser that knows the authority, or one that does not. */
  async function examine(kind: BrowserKind, knows: Authority | null, at = server): Promise<Participant> {
    const key = `${kind} ${String(knows !== null)}`;
    const program = kind === "chromium" ? "/usr/bin/chromium-headless-shell" : "/usr/bin/firefox-esr";
    const prepare = async (profile: string): Promise<void> =>
      knows?.install(kind === "firefox" ? profile : join(profile, ".pki/nssdb"));
    const browser = browsers.get(key) ?? (await Browser.launch(kind, { surroundings: { program, prepare } }));
    browsers.set(key, browser);
    const ada = await Participant.open(browser, `${at.url}/doctor`, "Ada");
    present.push(ada);
    await ada.waitForText("Calls will work from here");
    return ada;
  }

  it.each(["chromium", "firefox"] as const)("says in %s that nobody vouches for it, and what to do", async (kind) => {
    const ada = await examine(kind, null);
    await ada.waitForText(/Relay over TLS fails turns:/);
    await ada.waitForText(title);
    await ada.waitForText(advice);
    await ada.waitForText("One of the ways below fails");
    if (kind === "chromium") await inspect(ada, "doctor-certificate", { whole: true });
  });

  it("finds nothing wrong in a browser that knows the authority", async () => {
    const ada = await examine("chromium", authority);
    await ada.waitForText(/Relay over TLS works turns:/);
  });

  it("says that it names another host", async () => {
    // The relay is told of by hand: of its own accord the server names no host that the certificate does not.
    const port = String(await freePort(host));
    const other = await Authority.create(["meet.example.org"]);
    undo.push(() => other.remove());
    const misnamed = await serve(other, {
      "Parley:Turn:TlsPort": port,
      "Parley:Turn:Users:0:Name": "ada",
      "Parley:Turn:Users:0:Password": "countess",
      "Parley:IceServers:0:Urls": `turns:${host}:${port}?transport=tcp`,
      "Parley:IceServers:0:Username": "ada",
      "Parley:IceServers:0:Credential": "countess",
    });
    const knowing = await Browser.launch("chromium", {
      surroundings: {
        program: "/usr/bin/chromium-headless-shell",
        prepare: (profile) => other.install(join(profile, ".pki/nssdb")),
      },
    });
    undo.unshift(() => knowing.close());
    const ada = await Participant.open(knowing, `${misnamed.url}/doctor`, "Ada");
    await ada.waitForText("Calls will work from here");
    await ada.waitForText(title);
    await ada.waitForText("It has to name exactly the host in the address above");
    expect(ada.errors).toEqual([]);
  });
});
