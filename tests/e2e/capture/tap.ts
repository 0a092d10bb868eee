import { createSocket, type Socket as DatagramSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** What passed one way in one go: a datagram, or over TCP one message. */
export interface Passed {
  readonly from: "client" | "server";
  readonly bytes: Buffer;
}

/** All that one client and the server said to each other. */
export type Conversation = Passed[];

/** Stands between clients and a server, over UDP and over TCP, and writes down what they say; everything goes on as it came. */
export class Tap {
  readonly udp: Conversation[] = [];
  readonly tcp: Conversation[] = [];
  private readonly clients = new Map<string, DatagramSocket>();
  private readonly connections = new Set<Socket>();
  private readonly datagrams = createSocket("udp4");
  private readonly listener = createServer((client) => this.accept(client));

  private constructor(
    private readonly host: string,
    private readonly udpPort: number,
    private readonly tcpPort: number,
  ) {
    this.datagrams.on("message", (bytes, { address, port }) => this.send(address, port, bytes));
  }

  static async start(host: string, udpPort: number, tcpPort: number): Promise<Tap> {
    const tap = new Tap(host, udpPort, tcpPort);
    tap.datagrams.bind(0, host);
    tap.listener.listen(0, host);
    await Promise.all([once(tap.datagrams, "listening"), once(tap.listener, "listening")]);
    return tap;
  }

  get ports(): { udp: number; tcp: number } {
    return { udp: this.datagrams.address().port, tcp: (this.listener.address() as AddressInfo).port };
  }

  stop(): void {
    for (const socket of [this.datagrams, ...this.clients.values()]) {
      socket.close();
    }
    for (const connection of this.connections) {
      connection.destroy();
    }
    this.listener.close();
  }

  private send(address: string, port: number, bytes: Buffer): void {
    const key = `${address}:${String(port)}`;
    let upstream = this.clients.get(key);
    if (upstream === undefined) {
      const conversation: Conversation = [];
      this.udp.push(conversation);
      upstream = createSocket("udp4");
      upstream.bind(0, this.host);
      upstream.on("message", (answer) => {
        conversation.push({ from: "server", bytes: answer });
        this.datagrams.send(answer, port, address);
      });
      upstream.on("tapped", (sent: Buffer) => conversation.push({ from: "client", bytes: sent }));
      this.clients.set(key, upstream);
    }
    upstream.emit("tapped", bytes);
    upstream.send(bytes, this.udpPort, this.host);
  }

  private accept(client: Socket): void {
    const conversation: Conversation = [];
    this.tcp.push(conversation);
    const server = connect(this.tcpPort, this.host);
    this.connections.add(client).add(server);
    pass(client, server, (bytes) => conversation.push({ from: "client", bytes }));
    pass(server, client, (bytes) => conversation.push({ from: "server", bytes }));
  }
}

function pass(from: Socket, to: Socket, heard: (message: Buffer) => void): void {
  let waiting = Buffer.alloc(0);
  from.on("data", (chunk: Buffer) => {
    to.write(chunk);
    waiting = Buffer.concat([waiting, chunk]);
    for (let length = messageLength(waiting); length <= waiting.length; length = messageLength(waiting)) {
      heard(waiting.subarray(0, length));
      waiting = waiting.subarray(length);
    }
  });
  from.on("error", () => to.destroy());
  from.on("close", () => to.destroy());
}

/** RFC 8489, section 5, and RFC 8656, section 12.5: over streams ChannelData is padded. */
function messageLength(bytes: Buffer): number {
  if (bytes.length < 4) {
    return Infinity;
  }
  const length = bytes.readUInt16BE(2);
  return (bytes[0] ?? 0) < 0x40 ? 20 + length : 4 + ((length + 3) & ~3);
}
