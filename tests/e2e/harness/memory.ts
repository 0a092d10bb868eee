import { readdirSync, readFileSync } from "node:fs";

/** In bytes: how much of one process, and of a browser with all its processes, is in memory. */
export interface Growth {
  readonly process: number;
  readonly browser: number;
}

/** Watches how the processes of a browser grow (Linux: /proc), from now on. */
export class MemoryWatch {
  private readonly before: ReadonlyMap<number, number>;
  private most: Growth = { process: 0, browser: 0 };
  private readonly timer: ReturnType<typeof setInterval>;

  constructor(private readonly root: number) {
    this.before = residentSizes(root);
    this.timer = setInterval(() => this.look(), 250);
  }

  /** By how much it was larger at most than at the beginning: the process that grew most, and all together. */
  end(): Growth {
    clearInterval(this.timer);
    this.look();
    return this.most;
  }

  private look(): void {
    const now = residentSizes(this.root);
    const grown = [...now].map(([pid, size]) => size - (this.before.get(pid) ?? 0));
    this.most = {
      process: Math.max(this.most.process, ...grown),
      browser: Math.max(this.most.browser, sum(now.values()) - sum(this.before.values())),
    };
  }
}

/** Of a process and all that it has started, by process id. */
function residentSizes(root: number): Map<number, number> {
  const parents = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, "utf8");
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
      sizes.set(Number(name), 1_024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOf = (pid: number): boolean => pid === root || (parents.has(pid) && isOf(parents.get(pid) ?? 0));
  return new Map([...sizes].filter(([pid]) => isOf(pid)));
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
