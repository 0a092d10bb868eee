import { randomBytes } from "node:crypto";
import { routerRules, type NatKind } from "./nat-kind.js";
import { Namespace } from "./namespace.js";

/** Where the page is, and where the relays are: two addresses of one machine (documentation range, RFC 5737). */
export const addresses = { meet: "198.51.100.1", turn: "198.51.100.2" } as const;

export const hosts = { "meet.example.org": addresses.meet, "turn.example.org": addresses.turn } as const;

/** What a router let in to its client since its kind was set, in bytes. */
export interface Delivered {
  readonly fromServer: number;
  /** From anywhere else: what did not go through a relay. */
  readonly fromOthers: number;
}

/**
 * An internet of six namespaces:
 *
 *     client a ── router a ── server (a bridge) ── router b ── client b
 *        10.0.1.2    198.51.100.11     198.51.100.1, .2     198.51.100.12    10.0.2.2
 *
 * A client behind no NAT has a public address instead, 203.0.113.2 or 203.0.113.130. Client a has a second line, by a router c with the
 * address 198.51.100.13, to which it can change over; as long as it does not, its interface eth1 is down.
 */
export class Internet {
  private constructor(
    readonly server: Namespace,
    readonly a: Access,
    readonly b: Access,
    /** Of client a. */
    readonly secondLine: Access,
    private readonly all: readonly Namespace[],
  ) {}

  static async create(): Promise<Internet> {
    await Namespace.sweep();
    const prefix = `parley-${String(process.pid)}-${randomBytes(3).toString("hex")}`;
    const made: Namespace[] = [];
    const make = async (name: string): Promise<Namespace> => {
      const namespace = await Namespace.create(`${prefix}-${name}`, hosts);
      made.push(namespace);
      return namespace;
    };
    try {
      const server = await make("server");
      await server.ip(
        "link add bridge type bridge",
        "link set bridge up",
        ...elsewhere,
        ...Object.values(addresses).map((address) => `addr add ${address}/24 dev bridge`),
      );
      const a = new Access(1, await make("router-a"), await make("client-a"));
      const b = new Access(2, await make("router-b"), await make("client-b"));
      const secondLine = new Access(3, await make("router-c"), a.client, "eth1");
      for (const access of [a, b, secondLine]) await access.connect(server);
      await a.plugIn();
      await b.plugIn();
      return new Internet(server, a, b, secondLine, made);
    } catch (error) {
      await destroy(made);
      throw error;
    }
  }

  async destroy(): Promise<void> {
    await destroy(this.all);
  }
}

/** One client's way to the internet. */
export class Access {
  private kind: NatKind | undefined;

  constructor(
    private readonly number: 1 | 2 | 3,
    private readonly router: Namespace,
    readonly client: Namespace,
    private readonly device = "eth0",
  ) {}

  async connect(server: Namespace): Promise<void> {
    const port = `port${String(this.number)}`;
    await server.ip(
      `link add ${port} type veth peer name wan netns ${this.router.name}`,
      `link set ${port} master bridge up`,
      ...publicNetworks
        .filter(({ number }) => number === this.number)
        .map(({ network }) => `route add ${network}/25 via ${this.wan} dev bridge`),
    );
    await this.router.ip(
      `addr add ${this.wan}/24 dev wan`,
      "link set wan up",
      `link add lan type veth peer name ${this.device} netns ${this.client.name}`,
      "link set lan up",
      ...elsewhere,
      ...publicNetworks
        .filter(({ number }) => number !== this.number)
        .map(({ number, network }) => `route add ${network}/25 via ${wanOf(number)}`),
    );
    await this.router.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
  }

  async plugIn(): Promise<void> {
    await this.client.ip(`link set ${this.device} up`);
  }

  /** As a cable that is pulled, or a wireless network that is left. Nothing is known of it afterwards. */
  async unplug(): Promise<void> {
    this.kind = undefined;
    await this.client.ip(`link set ${this.device} down`, `addr flush dev ${this.device}`);
  }

  /** As a router does that has forgotten to whom it gave which address. Only behind a NAT. */
  async changeAddress(): Promise<void> {
    this.kind = undefined;
    await this.assign(privateNetworkOf(this.number), 24, 77);
  }

  /** Becomes of this kind, with no memory of what it was. Gives whether the client has another address now. */
  async become(kind: NatKind): Promise<boolean> {
    await this.router.filter(routerRules(kind, this.wan) + delivered);
    const moved = this.kind === undefined || (this.kind === "none") !== (kind === "none");
    this.kind = kind;
    if (moved) {
      const network = publicNetworks.find(({ number }) => kind === "none" && number === this.number)?.network;
      await this.assign(network ?? privateNetworkOf(this.number), network === undefined ? 24 : 25, 2);
    }
    return moved;
  }

  /** From now on the router loses so much (percent) of what the client sends by UDP, or of what it is sent; 0: none of it. */
  async lose(percent: number, way: "up" | "down"): Promise<void> {
    const device = way === "up" ? "lan" : "wan";
    const rule = `iifname "${device}" meta l4proto udp numgen random mod 100 < ${String(percent)} drop;`;
    await this.router.addTable(
      `loss_${way}`,
      `chain pass { type filter hook forward priority -5; ${percent === 0 ? "" : rule} }`,
    );
  }

  async delivered(): Promise<Delivered> {
    const { nftables } = JSON.parse(await this.router.run("nft", "-j", "list counters")) as {
      nftables: { counter?: { name: string; bytes: number } }[];
    };
    const bytes = (name: string): number => nftables.find((each) => each.counter?.name === name)?.counter?.bytes ?? NaN;
    return { fromServer: bytes("server"), fromOthers: bytes("others") };
  }

  /** Gives the client the address with this number in a network, whose first is the router's. */
  private async assign(network: string, length: number, number: number): Promise<void> {
    const at = (offset: number): string => network.replace(/\d+$/u, (last) => String(Number(last) + offset));
    await this.router.ip("addr flush dev lan", `addr add ${at(1)}/${String(length)} dev lan`);
    await this.client.ip(
      `link set ${this.device} up`,
      `addr flush dev ${this.device}`,
      `addr add ${at(number)}/${String(length)} dev ${this.device}`,
      `route replace default via ${at(1)}`,
    );
  }

  private get wan(): string {
    return wanOf(this.number);
  }
}

const publicNetworks = [
  { number: 1, network: "203.0.113.0" },
  { number: 2, network: "203.0.113.128" },
] as const;

function privateNetworkOf(number: number): string {
  return `10.0.${String(number)}.0`;
}

function wanOf(number: number): string {
  return `198.51.100.1${String(number)}`;
}

/**
 * What is sent to anybody else leaves, and is lost on the way. Without a route the sender would be told at once, which does not happen on
 * the internet: coturn 4.6 then resets the connection of a client that has named a peer by its private address.
 */
const elsewhere = [
  "link add elsewhere type veth peer name nobody",
  "link set nobody up",
  "link set elsewhere arp off up",
  "route add default dev elsewhere",
];

/** Counts after all filters what they let in. */
const delivered = `table ip delivered {
  counter server { }
  counter others { }
  chain pass {
    type filter hook forward priority 10;
    iifname "wan" ip saddr { ${Object.values(addresses).join(", ")} } counter name server accept;
    iifname "wan" counter name others;
  }
}
`;

async function destroy(namespaces: readonly Namespace[]): Promise<void> {
  await Promise.all(namespaces.map((namespace) => namespace.destroy()));
}
