import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { release, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Browser, type BrowserKind } from "../harness/browsers.js";
import { Participant } from "../harness/participant.js";
import { Authority } from "../harness/authority.js";
import { hosts, Internet, type Access } from "./internet.js";
import { MeetingPlace } from "./meeting-place.js";
import type { Namespace } from "./namespace.js";
import type { NatKind } from "./nat-kind.js";
import { timeConnections } from "./path.js";
import type { Circumstances } from "./record.js";
import { createRelay, type Relay, type RelayKind } from "./relay.js";

const gate = fileURLToPath(new URL("firefox-gate.mjs", import.meta.url));

/** The internet, the server, the relay, and a browser on each side; all gone again when closed. */
export class Lab {
  /** Of the browsers that have run here. */
  readonly versions = new Set<string>();
  private readonly browsers = new Map<string, Browser>();
  private rooms = 0;

  private constructor(
    readonly internet: Internet,
    readonly relay: Relay,
    readonly meeting: MeetingPlace,
    private readonly authority: Authority,
    private readonly folder: string,
  ) {}

  static async open(relayKind: RelayKind): Promise<Lab> {
    const undo: (() => Promise<void>)[] = [];
    try {
      const internet = await Internet.create();
      undo.unshift(() => internet.destroy());
      const authority = await Authority.create(Object.keys(hosts));
      undo.unshift(() => authority.remove());
      const relay = await createRelay(relayKind, internet.server, authority);
      undo.unshift(() => relay.remove());
      await relay.start();
      const meeting = await MeetingPlace.open(internet.server, authority, relay.settings);
      return new Lab(internet, relay, meeting, authority, await mkdtemp(join(tmpdir(), "parley-lab-")));
    } catch (error) {
      for (const each of undo) await each();
      throw error;
    }
  }

  /** Sets what is between the two clients; a browser that would find its address changed is ended. */
  async stand(a: NatKind, b: NatKind): Promise<void> {
    await this.internet.secondLine.unplug();
    for (const [side, kind] of [["a", a] as const, ["b", b] as const]) {
      if (await this.internet[side].become(kind)) {
        for (const [key, browser] of this.browsers) {
          if (key.startsWith(side)) {
            this.browsers.delete(key);
            await browser.close();
          }
        }
      }
    }
  }

  /** Under which a record was made. */
  circumstances(): Circumstances {
    return {
      relay: this.relay.version,
      date: new Date().toISOString().slice(0, 10),
      versions: [this.relay.version, ...this.versions, `Linux ${release().split("-")[0] ?? ""}`],
    };
  }

  newRoom(): string {
    this.rooms += 1;
    return `lab-${String(this.rooms)}`;
  }

  async join(side: "a" | "b", kind: BrowserKind, room: string, name: string): Promise<Participant> {
    return Participant.join(await this.browser(side, kind), this.meeting.link(room, name), name, timeConnections);
  }

  async close(): Promise<void> {
    for (const browser of this.browsers.values()) {
      await browser.close();
    }
    await this.meeting.close();
    await this.relay.remove();
    await this.authority.remove();
    await this.internet.destroy();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async browser(side: "a" | "b", kind: BrowserKind): Promise<Browser> {
    const key = `${side} ${kind}`;
    const browser = this.browsers.get(key) ?? (await this.launch(kind, this.internet[side]));
    this.browsers.set(key, browser);
    this.versions.add((await browser.version()).replace("/", " "));
    return browser;
  }

  private async launch(kind: BrowserKind, { client }: Access): Promise<Browser> {
    const program = join(this.folder, `${client.name}-${kind}`);
    await writeFile(program, `#!/bin/sh\nexec ${commandOf(kind, client)} "$@"\n`);
    await chmod(program, 0o755);
    const prepare = (profile: string): Promise<void> =>
      this.authority.install(kind === "firefox" ? profile : join(profile, ".pki/nssdb"));
    return Browser.launch(kind, { surroundings: { program, prepare } });
  }
}

function commandOf(kind: BrowserKind, { name }: Namespace): string {
  return kind === "firefox" ? `'${process.execPath}' '${gate}' ${name}` : `ip netns exec ${name} /usr/bin/chromium`;
}
