import type { Envelope } from "../../../rtc/index.js";
import type { Port } from "../../exchange/exchange.js";
import type { Villager } from "./village.js";

type Posted = Envelope & Readonly<Record<string, unknown>>;

/** Somebody whose page says whatever the test likes. */
export class Stranger {
  /** What the villager has told it. */
  readonly posted: Posted[] = [];
  readonly #villager: Villager;
  readonly #port: Port;

  constructor(villager: Villager, id = "mallory") {
    this.#villager = villager;
    this.#port = {
      id,
      incarnation: 1,
      name: "Mallory",
      post: (type, fields) => (this.posted.push({ ...fields, v: 1, type }), true),
      openChannel: () => null,
    };
    villager.exchange.handleReady(this.#port);
  }

  say(type: string, fields: object): void {
    this.#villager.exchange.handleMessage({ ...fields, v: 1, type }, this.#port);
  }

  last(type: string): Posted | undefined {
    return this.posted.filter((message) => message.type === type).at(-1);
  }
}
