import { randomBytes } from "node:crypto";
import { io } from "socket.io-client";

const candidatesOfOneEnd = 10;
const sdp = "v=0\r\n" + "a=an attribute of a session description, one of about a hundred\r\n".repeat(90);
const sources = { 0: "microphone", 1: "camera" };

/**
 * One person at the signalling: joins, offers and answers as docs/signalling.md says, is lost and comes back. What it does next is
 * drawn; what it expects is not.
 */
export class Participant {
  #world;
  #number;
  #room;
  #socket;
  #seat;
  #incarnation = Date.now();
  #offers = 0;
  /** Incarnations of those with whom there is a peer connection, by id. */
  #links = new Map();
  /** The others as this one knows them, by id. */
  #others = new Map();

  constructor(world, room, number) {
    this.#world = world;
    this.#room = room;
    this.#number = number;
  }

  id = null;

  get others() {
    return [...this.#others.values()];
  }

  /** Comes, and goes through what happens to people until the world ends; then it is in its room. */
  async live() {
    const world = this.#world;
    await world.sleep(Math.random() * world.rampUp);
    await this.#enter();
    while (!world.settling) {
      await world.sleep(-Math.log(1 - Math.random()) * world.meanStay);
      if (world.settling) {
        break;
      }

      const fate = Math.random();
      if (fate < 0.15) {
        await this.#leaveAndComeAgain();
      } else if (fate < 0.25) {
        await this.#changeMedia();
      } else {
        await this.#beLostAndReturn(fate);
      }
    }

    if (!this.#socket?.connected) {
      await this.#enter();
    }
  }

  /** The end: says goodbye, or is lost for good. */
  async end() {
    this.id = null;
    if (this.#number % 2 === 0) {
      await this.#request("leave");
      this.#socket.disconnect();
    } else {
      this.#die();
    }
  }

  async #leaveAndComeAgain() {
    // What still arrives before the answer may be answered, but has no seat to come from any more.
    this.id = null;
    this.#seat = undefined;
    await this.#request("leave");
    this.#forget();
    if (Math.random() < 0.5) {
      this.#socket.disconnect();
      this.#socket = undefined;
    }

    await this.#world.sleep(Math.random() * 5000);
    await this.#enter();
  }

  async #beLostAndReturn(fate) {
    if (fate < 0.35) {
      this.#socket.disconnect();
    } else {
      this.#die(fate < 0.7);
    }

    this.#socket = undefined;

    // Mostly at once, so that the connection before may still be half-open; some too late.
    const away = Math.random();
    await this.#world.sleep(
      away < 0.6 ? Math.random() * 3000 : away < 0.9 ? Math.random() * 20_000 : 32_000 + Math.random() * 10_000,
    );
    if (Math.random() < 0.3) {
      // Another page load: its peer connections are gone, and the others make them anew.
      this.#incarnation++;
      this.#links.clear();
    }

    await this.#enter();
  }

  /** The connection ends without a word. Silent: not even the network says so, until the server finds out by itself. */
  #die(silent = false) {
    const socket = this.#socket;
    this.#socket = undefined;
    const engine = socket.io.engine;
    const wire = engine.transport.ws?._socket;
    socket.off();
    if (!wire) {
      socket.disconnect();
    } else if (silent) {
      wire.pause();
      clearTimeout(engine._pingTimeoutTimer);
      this.#world.count("died silently");

      // By then the server has closed its end, and the operating system would say so.
      setTimeout(() => wire.destroy(), 30_000);
    } else {
      this.#world.count("died");
      wire.destroy();
    }
  }

  async #enter() {
    const world = this.#world;
    if (!this.#socket?.connected) {
      this.#socket = await this.#connect();
    }

    const begun = performance.now();
    const join = {
      protocol: 3,
      room: this.#room,
      name: `Person ${this.#number}`,
      incarnation: this.#incarnation,
      media: { microphone: true, camera: true, screen: false },
      ...(this.#seat === undefined ? {} : { seat: this.#seat }),
    };

    // Not emitWithAck: what follows the answer in the same packet of bytes would be heard before whoever awaits it goes on.
    await new Promise((resolve, reject) => {
      this.#socket.timeout(world.patience).emit("join", join, (error, answer) => {
        world.time("join", performance.now() - begun);
        error
          ? reject(error)
          : answer.status === "admitted"
            ? resolve(this.#takeSeat(answer))
            : reject(new Error(answer.message));
      });
    });
  }

  #takeSeat(answer) {
    if (this.#seat !== undefined && answer.self.id !== this.id) {
      this.#world.wrong(`came back as ${answer.self.id} and not as ${this.id}`);
    }

    this.id = answer.self.id;
    this.#seat = answer.seat;
    this.#others = new Map(answer.participants.map((other) => [other.id, other]));
    for (const id of [...this.#links.keys()].filter((id) => !this.#others.has(id))) {
      this.#links.delete(id);
    }
  }

  #connect() {
    const world = this.#world;
    const socket = io(world.url, {
      forceNew: true,
      reconnection: false,
      // As browsers do it, one in ten: the rest would only make the client's machine busier.
      transports: this.#number % 10 === 0 ? ["polling", "websocket"] : ["websocket"],
      extraHeaders: { "X-Forwarded-For": `10.0.${this.#number >> 8}.${this.#number & 255}` },
    });
    socket.on("welcome", ({ participant }) => {
      this.#others.set(participant.id, participant);
      if (this.#links.get(participant.id) !== participant.incarnation) {
        this.#offer(participant);
      }
    });
    socket.on("away", ({ id }) => (this.#others.get(id).away = true));
    socket.on("media", ({ id, media }) => (this.#others.get(id).media = media));
    socket.on("left", ({ id }) => {
      this.#others.delete(id);
      this.#links.delete(id);
    });
    socket.on("disconnect", (reason) => {
      if (!reason.startsWith("io ")) {
        // A machine that is too busy to answer pings, most likely: this one.
        world.count(`lost unintentionally: ${reason}`);
      }
    });
    socket.on("displaced", () => world.wrong("displaced, though nobody else has its token"));
    socket.on("offer", (offer) => {
      this.#links.set(offer.from, offer.incarnations.from);
      this.#describe("answer", offer.from, offer.incarnations.from, offer.connection, offer.number);
    });
    socket.on("answer", () => world.count("answers received"));
    return new Promise((resolve, reject) => {
      socket.once("connect", () => resolve(socket));
      socket.once("connect_error", reject);
    });
  }

  #offer(participant) {
    this.#links.set(participant.id, participant.incarnation);
    this.#describe("offer", participant.id, participant.incarnation, randomBytes(9).toString("base64url"), ++this.#offers);
  }

  #describe(kind, to, incarnation, connection, number) {
    const envelope = { to, incarnations: { from: this.#incarnation, to: incarnation }, connection };
    this.#relay(kind, { ...envelope, number, sdp, sources });
    for (let i = 0; i < candidatesOfOneEnd; i++) {
      const candidate = `candidate:${i} 1 udp 2122260223 192.0.2.${i} ${50_000 + i} typ host generation 0 ufrag abcd`;
      this.#relay("candidate", {
        ...envelope,
        candidate: { candidate, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "abcd" },
      });
    }
  }

  async #relay(kind, message) {
    const result = await this.#request(kind, message);
    if (result !== "ok" && this.#links.get(message.to) === message.incarnations.to) {
      // Its welcome, if it comes, asks for a new one.
      this.#links.delete(message.to);
    }
  }

  async #changeMedia() {
    await this.#request("media", { microphone: Math.random() < 0.5, camera: true, screen: false });
    await this.#request("iceServers");
  }

  #forget() {
    this.#links.clear();
    this.#others.clear();
  }

  /** "ok", the code of the error, or "lost" when the connection ended before the answer. */
  async #request(name, ...payload) {
    const world = this.#world;
    const socket = this.#socket;
    if (!socket?.connected) {
      return "lost";
    }

    const begun = performance.now();
    try {
      const answer = await socket.timeout(world.patience).emitWithAck(name, ...payload);
      if (socket !== this.#socket) {
        // The last bytes of a connection that has died are read when it is buried.
        return "lost";
      }

      world.time("request", performance.now() - begun);
      const code = answer.ok ? "ok" : answer.error.code;
      world.count(`${name}: ${code}`);
      if (code === "invalid" || (code === "not-joined" && this.id !== null)) {
        world.wrong(`${name} is answered ${code}: ${answer.error.message}`);
      }

      return code;
    } catch {
      if (socket === this.#socket && socket.connected) {
        world.wrong(`${name} is not answered in ${world.patience} ms`);
      }

      return "lost";
    }
  }
}
