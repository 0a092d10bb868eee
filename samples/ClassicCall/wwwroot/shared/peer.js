/** Candidates that may wait for a description: those of one person, who has a handful of network addresses. */
const maxEarly = 100;

/**
 * The connection to one other person. Offers of both sides at once are settled by the W3C's "perfect negotiation": the side that
 * has not begun gives way. Candidates that come before the description they belong to wait for it.
 */
export class Peer {
  #connection;
  #begins;
  #send;
  #offering = false;
  #ignoring = false;
  #early = [];
  // What arrives is handled one by one, so that a candidate cannot overtake a description that is just being set.
  #arriving = Promise.resolve();

  /**
   * `begins`: whether the first offer is ours. `send`: what to do with an `offer`, with an `answer` and with a `candidate`; a
   * vocabulary that has no word for candidates leaves that out, and descriptions wait until they have them all.
   */
  constructor({ iceServers, begins, stream, send, show }) {
    this.#connection = new RTCPeerConnection({ iceServers });
    this.#begins = begins;
    this.#send = send;
    this.#connection.ontrack = ({ streams: [theirs] }) => show(theirs);
    this.#connection.onnegotiationneeded = () => this.#offer();
    this.#connection.onconnectionstatechange = () => {
      if (this.#connection.connectionState === "failed") {
        this.#connection.restartIce();
      }
    };
    this.#connection.onicecandidate = ({ candidate }) => {
      if (candidate !== null) {
        send.candidate?.(candidate);
      }
    };
    this.add(stream);
    // Who has no camera or microphone still wants to see and hear.
    for (const kind of begins ? ["audio", "video"] : []) {
      if (!stream.getTracks().some((track) => track.kind === kind)) {
        this.#connection.addTransceiver(kind, { direction: "recvonly" });
      }
    }
  }

  add(stream) {
    for (const track of stream.getTracks()) {
      this.#connection.addTrack(track, stream);
    }
  }

  remove(stream) {
    for (const sender of this.#connection.getSenders()) {
      if (sender.track !== null && stream.getTracks().includes(sender.track)) {
        this.#connection.removeTrack(sender);
      }
    }
  }

  receive(description) {
    return this.#next(async () => {
      const { signalingState } = this.#connection;
      const collides = description.type === "offer" && (this.#offering || signalingState !== "stable");
      this.#ignoring = collides && this.#begins;
      const awaited = description.type === "answer" ? signalingState === "have-local-offer" : !this.#ignoring;
      if (!awaited) {
        return;
      }
      await this.#connection.setRemoteDescription(description);
      for (const candidate of this.#early.splice(0)) {
        await this.#connection.addIceCandidate(candidate);
      }
      if (description.type === "offer") {
        await this.#connection.setLocalDescription();
        // Not `localDescription`: while candidates are gathered, an offer of our own may have been set.
        this.#send.answer(await this.#complete(() => this.#connection.currentLocalDescription));
      }
    });
  }

  receiveCandidate(candidate) {
    return this.#next(async () => {
      if (this.#ignoring) {
        // It belongs to an offer that was turned down.
        return;
      }
      if (this.#connection.remoteDescription !== null) {
        await this.#connection.addIceCandidate(candidate);
      } else if (this.#early.length < maxEarly) {
        this.#early.push(candidate);
      }
    });
  }

  close() {
    this.#connection.close();
  }

  async #offer() {
    if (!this.#begins && this.#connection.remoteDescription === null) {
      return;
    }
    this.#offering = true;
    try {
      await this.#connection.setLocalDescription();
      const description = await this.#complete(() => this.#connection.pendingLocalDescription);
      // Meanwhile we may have given way to an offer of the other side.
      if (description !== null) {
        this.#send.offer(description);
      }
    } catch (error) {
      this.#report(error);
    } finally {
      this.#offering = false;
    }
  }

  /** What `read` gives, with all its candidates where they cannot be sent later. */
  async #complete(read) {
    while (this.#send.candidate === undefined && this.#connection.iceGatheringState !== "complete") {
      await new Promise((resolve) =>
        this.#connection.addEventListener("icegatheringstatechange", resolve, { once: true }),
      );
    }
    return read();
  }

  #next(handle) {
    this.#arriving = this.#arriving.then(handle).catch((error) => this.#report(error));
    return this.#arriving;
  }

  #report(error) {
    if (this.#connection.signalingState !== "closed") {
      console.error(String(error));
    }
  }
}
