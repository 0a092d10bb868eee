import { execFile, spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** A network namespace: a network stack of its own, with no way to this machine's or any other network but those it is given. */
export class Namespace {
  private constructor(readonly name: string) {}

  /** Makes one. What runs in it knows the names in `hosts` and no others: there is nobody to ask. */
  static async create(name: string, hosts: Readonly<Record<string, string>>): Promise<Namespace> {
    const namespace = new Namespace(name);
    await execute("ip", ["netns", "add", name]);
    // "ip netns exec" shows these files as those of /etc.
    await mkdir(namespace.etc, { recursive: true });
    // Chromium asks for a relay's name with the dot at its end, which a file of hosts takes for another name.
    const lines = Object.entries(hosts).map(([host, address]) => `${address} ${host} ${host}.\n`);
    await writeFile(`${namespace.etc}/hosts`, `127.0.0.1 localhost\n${lines.join("")}`);
    await writeFile(`${namespace.etc}/resolv.conf`, "");
    await namespace.run("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6");
    await namespace.ip("link set lo up");
    return namespace;
  }

  /** Ends those whose maker was killed before it could; a name begins with `parley-` and the maker's process id. */
  static async sweep(): Promise<void> {
    for (const line of (await execute("ip", ["netns", "list"])).stdout.split("\n")) {
      const [name, maker] = /^parley-(\d+)-\S+/u.exec(line) ?? [];
      if (name !== undefined && maker !== undefined && !existsSync(`/proc/${maker}`)) {
        await new Namespace(name).destroy();
      }
    }
  }

  /** Why namespaces, or the rules in them, cannot be made here; null if they can. */
  static async refusal(): Promise<string | null> {
    const name = `parley-${String(process.pid)}-try`;
    try {
      await execute("ip", ["netns", "add", name]);
    } catch (error) {
      return reason(error);
    }

    try {
      await execute("ip", ["netns", "exec", name, "nft", "add table ip try"]);
      return null;
    } catch (error) {
      return reason(error);
    } finally {
      await execute("ip", ["netns", "delete", name]);
    }
  }

  /** Commands of `ip`, one a line. */
  async ip(...commands: string[]): Promise<void> {
    await this.feed(`${commands.join("\n")}\n`, "ip", "-batch", "-");
  }

  /** Replaces all rules of nftables. */
  async filter(rules: string): Promise<void> {
    await this.feed(`flush ruleset\n${rules}`, "nft", "-f", "-");
  }

  /** Adds rules of nftables to those there are; a table in them that there is already takes the place of that one. */
  async addTable(name: string, rules: string): Promise<void> {
    await this.feed(`table ip ${name}\ndelete table ip ${name}\ntable ip ${name} {\n${rules}\n}\n`, "nft", "-f", "-");
  }

  /** Runs a command to its end and gives what it printed. */
  async run(command: string, ...args: string[]): Promise<string> {
    return (await execute("ip", ["netns", "exec", this.name, command, ...args])).stdout;
  }

  spawn(command: string, args: readonly string[], stdio: StdioOptions): ChildProcess {
    return spawn("ip", ["netns", "exec", this.name, command, ...args], { stdio });
  }

  /** Ends it, and whatever still runs in it. */
  async destroy(): Promise<void> {
    const { stdout } = await execute("ip", ["netns", "pids", this.name]);
    for (const id of stdout.split("\n").filter((line) => line !== "")) {
      try {
        process.kill(Number(id), "SIGKILL");
      } catch {
        // It has just ended by itself.
      }
    }
    await execute("ip", ["netns", "delete", this.name]);
    await rm(this.etc, { recursive: true, force: true });
  }

  private get etc(): string {
    return `/etc/netns/${this.name}`;
  }

  private async feed(input: string, command: string, ...args: string[]): Promise<void> {
    const child = this.spawn(command, args, ["pipe", "ignore", "pipe"]);
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
      child.stdin?.end(input);
    });
    if (code !== 0) {
      throw new Error(`${command} in ${this.name}: ${said}\n${input}`);
    }
  }
}

function reason(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr ?? "").trim() || message;
}
