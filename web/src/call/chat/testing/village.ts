import { vi } from "vitest";
import type { Envelope } from "../../../rtc/index.js";
import type { Random } from "../../../rtc/testing/random.js";
import { Exchange, type Port } from "../../exchange/exchange.js";
import { FakeStorage } from "../../testing/fake-devices.js";
import { Correspondence } from "../correspondence.js";
import type { LogLimits } from "../sources.js";
import type { Scope } from "../reconciliation.js";
import type { ChatEntry } from "../state.js";

export interface VillageOptions {
  readonly limits?: Readonly<Record<Scope, LogLimits>>;
  readonly storage?: FakeStorage;
}

/** One page load of one participant. */
export class Villager {
  readonly exchange: Exchange;
  readonly chat: Correspondence;
  readonly news: string[] = [];
  readonly id: string;
  readonly name: string;
  readonly incarnation: number;

  constructor(id: string, incarnation: number, options: VillageOptions = {}) {
    this.id = id;
    this.name = nameOf(id);
    this.incarnation = incarnation;
    this.exchange = new Exchange((error) => {
      throw error;
    });
    this.chat = new Correspondence(
      this.exchange,
      { server: "https://meet.test", room: "Room", name: this.name, storage: options.storage },
      { onState: () => {}, onNews: ({ text }) => this.news.push(text) },
      options.limits,
    );
    this.exchange.onReach((correspondent) => this.chat.handleReach(correspondent));
    this.exchange.onLoss((correspondent) => this.chat.handleLoss(correspondent));
    for (const type of ["chat", "chat-sum", "chat-have", "chat-log"]) {
      this.exchange.listen(type, (message, from) => this.chat.handleMessage(message, from));
    }
    this.chat.handleSelf(id);
  }

  /** What is read here, in order. */
  get texts(): readonly string[] {
    return this.chat.state.entries.map(({ text }) => text);
  }

  get entries(): readonly ChatEntry[] {
    return this.chat.state.entries;
  }
}

/** What two pages send each other: in order, and lost with the connection. */
interface Wire {
  readonly ends: readonly [Villager, Villager];
  /** Towards the first and towards the second. */
  readonly queues: readonly [string[], string[]];
  /** What is posted goes nowhere, and that has not been noticed yet. */
  broken: boolean;
}

export function nameOf(id: string): string {
  return `Name of ${id}`;
}

/** People whose pages are connected, and lose each other. Time is the test's. */
export class Village {
  readonly people = new Map<string, Villager>();
  readonly storages = new Map<string, FakeStorage>();
  readonly random: Random;
  readonly options: VillageOptions;
  /** How many messages have arrived, by type. */
  readonly arrived = new Map<string, number>();
  /** How likely a channel takes nothing more at the moment. */
  refusing = 0;
  #wires: Wire[] = [];
  #incarnations = 0;

  constructor(random: Random, options: VillageOptions = {}) {
    this.random = random;
    this.options = options;
  }

  enter(id: string): Villager {
    const storage = this.storages.get(id) ?? new FakeStorage();
    this.storages.set(id, storage);
    const villager = new Villager(id, ++this.#incarnations, { ...this.options, storage });
    this.people.set(id, villager);
    return villager;
  }

  person(id: string): Villager {
    const found = this.people.get(id);
    if (!found) throw new Error(`${id} is not here`);
    return found;
  }

  /** The page ends, with or without time to write something down; what was on the way to others may still arrive. */
  end(id: string, properly: boolean): void {
    const villager = this.person(id);
    if (properly) villager.chat.rest();
    for (const wire of this.#wiresOf(villager)) this.#break(wire, this.random.chance(0.5));
    this.people.delete(id);
    // A page that is gone writes nothing more.
    this.storages.set(id, new FakeStorage(this.storages.get(id)?.values));
    villager.chat.close();
  }

  /** Each end notices when the other's greeting arrives. */
  connect(a: string, b: string): void {
    const [first, second] = [this.person(a), this.person(b)];
    for (const old of this.#wires.filter((wire) => joins(wire, a, b))) this.#drop(old);
    this.#wires.push({ ends: [first, second], queues: [["hello"], ["hello"]], broken: false });
  }

  connected(a: string, b: string): boolean {
    return this.#wires.some((wire) => !wire.broken && joins(wire, a, b));
  }

  /** The path between two ends dies: what is posted from now on is lost, until both ends have noticed. */
  cut(a: string, b: string): void {
    const wire = this.#wires.find((each) => joins(each, a, b));
    if (wire) this.#break(wire, this.random.chance(0.5));
  }

  /** Something arrives somewhere, or somebody notices that nothing does. Answers whether there was anything. */
  step(): boolean {
    const busy = this.#wires.filter(({ queues, broken }) => broken || queues[0].length + queues[1].length > 0);
    if (busy.length === 0) return false;
    const wire = this.random.pick(busy);
    if (wire.broken) {
      this.#drop(wire);
      return true;
    }
    const to = wire.queues[0].length > 0 && (wire.queues[1].length === 0 || this.random.chance(0.5)) ? 0 : 1;
    this.#deliver(wire, to);
    return true;
  }

  /** Everybody gets everybody else, and all the time that is needed. */
  settle(milliseconds = 120_000): void {
    const ids = [...this.people.keys()];
    for (const [at, a] of ids.entries()) {
      for (const b of ids.slice(at + 1)) if (!this.connected(a, b)) this.connect(a, b);
    }
    this.pass(milliseconds);
  }

  /** Time passes, and everything arrives. */
  pass(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed += 250) {
      while (this.step());
      vi.advanceTimersByTime(250);
    }
    while (this.step());
  }

  #wiresOf(villager: Villager): readonly Wire[] {
    return this.#wires.filter(({ ends }) => ends.includes(villager));
  }

  #break(wire: Wire, somethingArrives: boolean): void {
    for (const to of [0, 1] as const) {
      const arriving = somethingArrives ? this.random.below(wire.queues[to].length + 1) : 0;
      for (let count = 0; count < arriving; count += 1) this.#deliver(wire, to);
    }
    wire.broken = true;
  }

  #drop(wire: Wire): void {
    this.#wires = this.#wires.filter((other) => other !== wire);
    const [first, second] = wire.ends;
    first.exchange.handleGone(second.id);
    second.exchange.handleGone(first.id);
  }

  #deliver(wire: Wire, to: 0 | 1): void {
    const text = wire.queues[to].shift();
    if (text === undefined) return;
    const [receiver, sender] = to === 0 ? wire.ends : [wire.ends[1], wire.ends[0]];
    // A page that is gone hears nothing.
    if (this.people.get(receiver.id) !== receiver) return;
    const port: Port = {
      id: sender.id,
      incarnation: sender.incarnation,
      name: sender.name,
      post: (type, fields) => this.#post(wire, to === 0 ? 1 : 0, { ...fields, v: 1, type }),
      openChannel: () => null,
    };
    if (text === "hello") receiver.exchange.handleReady(port);
    else {
      const message = JSON.parse(text) as Envelope;
      this.arrived.set(message.type, (this.arrived.get(message.type) ?? 0) + 1);
      receiver.exchange.handleMessage(message, port);
    }
  }

  #post(wire: Wire, to: 0 | 1, message: Envelope): boolean {
    const text = JSON.stringify(message);
    if (text.length > 65_536) throw new Error(`A message of ${text.length} code units: a channel refuses it for ever.`);
    if (this.random.chance(this.refusing)) return false;
    if (!wire.broken) wire.queues[to].push(text);
    return true;
  }
}

function joins({ ends }: Wire, a: string, b: string): boolean {
  return a !== b && ends.some(({ id }) => id === a) && ends.some(({ id }) => id === b);
}
