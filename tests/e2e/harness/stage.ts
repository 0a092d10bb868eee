import { afterEach, beforeAll } from "vitest";
import type { Browser, BrowserKind, BrowserOptions } from "./browsers.js";
import { Participant } from "./participant.js";
import type { Server } from "./server.js";
import { troupe } from "./troupe.js";

/** The people of one spec file, in the browsers and before the server that it needs; every page is closed again, whatever happens. */
export class Stage {
  present: Participant[] = [];
  private running: Server | undefined;

  constructor(private readonly usual: BrowserOptions = {}) {}

  get server(): Server {
    if (this.running === undefined) {
      throw new Error("The server is not running.");
    }
    return this.running;
  }

  /** A room that nobody has used. */
  newRoom(): string {
    return troupe.newRoom();
  }

  async start(settings?: Record<string, string>): Promise<void> {
    this.running = await troupe.server(settings);
  }

  /** One browser of a kind, started when first asked for. */
  browser(kind: BrowserKind, options: BrowserOptions = {}): Promise<Browser> {
    return troupe.browser(kind, { ...this.usual, ...options });
  }

  async join(kind: BrowserKind, room: string, name: string, before?: () => void): Promise<Participant> {
    return this.joinAt(kind, this.server.link(room, name), name, before);
  }

  /** By a link that skips the lobby: of another server, or of another way to this one. */
  async joinAt(kind: BrowserKind, link: string, name: string, before?: () => void): Promise<Participant> {
    return this.add(await Participant.join(await this.browser(kind), link, name, before));
  }

  async open(
    kind: BrowserKind,
    url: string,
    name: string,
    options?: BrowserOptions,
    before?: () => void,
  ): Promise<Participant> {
    return this.add(await Participant.open(await this.browser(kind, options), url, name, before));
  }

  /** Ada and Grace in a room of their own, who see and hear each other. */
  async pair(first: BrowserKind, second: BrowserKind): Promise<[Participant, Participant]> {
    const room = this.newRoom();
    const ada = await this.join(first, room, "Ada");
    const grace = await this.join(second, room, "Grace");
    await this.everyoneReceivesEveryone();
    return [ada, grace];
  }

  /** The browser's "Duplicate tab": the new one has a copy of the session storage. */
  async duplicate(original: Participant, name: string): Promise<Participant> {
    return this.add(await original.duplicate(name));
  }

  /** Takes somebody out who closes their page by themselves. */
  forget(participant: Participant): void {
    this.present = this.present.filter((p) => p !== participant);
  }

  async everyoneReceivesEveryone(): Promise<void> {
    for (const person of this.present) {
      const others = this.present.filter((p) => p !== person).map((p) => p.name);
      await person.waitForPeople(...others);
      await person.waitForMedia(...others);
    }
  }

  async clear(): Promise<void> {
    await Promise.all(this.present.map((p) => p.close()));
    this.present = [];
  }

  private add(participant: Participant): Participant {
    this.present.push(participant);
    return participant;
  }
}

/** A stage for a spec file, cleared after each of its tests; `usual`: how its browsers are unless said otherwise. */
export function useStage(settings?: Record<string, string>, usual?: BrowserOptions): Stage {
  const stage = new Stage(usual);
  beforeAll(() => stage.start(settings));
  afterEach(() => stage.clear());
  return stage;
}
