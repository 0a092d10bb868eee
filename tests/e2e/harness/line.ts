import { createServer, connect, type AddressInfo, type Server as Listener, type Socket } from "node:net";
import { linkOf } from "./server.js";

/**
 * The way of one person's signalling to the server: a TCP connection through here, that can be cut like a cable. While it is cut
 * nothing passes and nobody is told; what waits passes when it is mended, as TCP would repeat it.
 */
export class Line {
  readonly url: string;
  private readonly sockets = new Set<Socket>();
  private whole = true;

  private constructor(private readonly listener: Listener) {
    this.url = `http://127.0.0.1:${String((listener.address() as AddressInfo).port)}`;
  }

  static async to(server: string): Promise<Line> {
    const { hostname, port } = new URL(server);
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    const line = new Line(listener);
    listener.on("connection", (near) => line.join(near, connect(Number(port), hostname)));
    return line;
  }

  link(room: string, name?: string): string {
    return linkOf(this.url, room, name);
  }

  cut(): void {
    this.whole = false;
    for (const socket of this.sockets) {
      socket.pause();
    }
  }

  mend(): void {
    this.whole = true;
    for (const socket of this.sockets) {
      socket.resume();
    }
  }

  /** The connections there are end, and new ones pass: what a restarted router does. */
  drop(): void {
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.listener.close(resolve));
    this.drop();
    await closed;
  }

  private join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.on("data", (chunk) => other.write(chunk));
      // A paused socket does not notice its end either: the other side hears of it when the line is whole again.
      socket.on("end", () => other.end());
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      if (!this.whole) {
        socket.pause();
      }
    }
  }
}
