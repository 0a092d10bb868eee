import type { ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { end, linkOf, serverProgram } from "../harness/server.js";
import type { Authority } from "../harness/authority.js";
import { addresses } from "./internet.js";
import type { Namespace } from "./namespace.js";
import { heard } from "./relay.js";

/** The real server in the public namespace, as https://meet.example.org. */
export class MeetingPlace {
  private constructor(
    private readonly place: Namespace,
    private readonly folder: string,
    private readonly settings: Readonly<Record<string, string>>,
    private process: ChildProcess,
  ) {}

  static async open(
    place: Namespace,
    authority: Authority,
    settings: Readonly<Record<string, string>>,
  ): Promise<MeetingPlace> {
    const folder = await mkdtemp(join(tmpdir(), "parley-nat-"));
    const all = {
      urls: `https://${addresses.meet}:443;http://127.0.0.1:8080`,
      "Parley:DataFolder": folder,
      "Parley:Https:Certificate": authority.certificate,
      "Parley:Https:Key": authority.key,
      ...settings,
    };
    return new MeetingPlace(place, folder, all, await start(place, all));
  }

  link(room: string, name: string): string {
    return linkOf("https://meet.example.org", room, name);
  }

  /** A figure of the metrics; undefined if there is none of that name. */
  async metric(name: string): Promise<number | undefined> {
    const ask = `fetch("http://127.0.0.1:8080/metrics").then((r) => r.text()).then((t) => process.stdout.write(t))`;
    const figures = (await this.place.run(process.execPath, "-e", ask))
      .split("\n")
      .filter((line) => line.startsWith(name));
    return figures.length === 0 ? undefined : figures.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  }

  /** How many sockets are open to relay by: one for each allocation, whoever relays. */
  async relaySockets(): Promise<number> {
    const sockets = await this.place.run("ss", "-Huan", "sport", ">=", ":49152");
    return sockets.split("\n").filter((line) => line !== "").length;
  }

  async kill(): Promise<void> {
    await end(this.process, "SIGKILL");
  }

  async openAgain(): Promise<void> {
    this.process = await start(this.place, this.settings);
  }

  async close(): Promise<void> {
    await end(this.process, "SIGTERM");
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function start(place: Namespace, settings: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]);
  const child = place.spawn("dotnet", [serverProgram(), ...args], ["ignore", "pipe", "pipe"]);
  await heard(child, /Parley is ready/u);
  return child;
}
