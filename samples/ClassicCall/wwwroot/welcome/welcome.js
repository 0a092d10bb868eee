// The vocabulary of a welcome: join_room, welcome, and offer, answer and ice to a room by its name. Nobody is addressed, so there are two.
import { enter, removeTile, showTile } from "/shared/page.js";
import { Peer } from "/shared/peer.js";

const { room, iceServers, stream, socket } = await enter();
let peer;

function meet(begins) {
  leave();
  peer = new Peer({
    iceServers,
    begins,
    stream,
    send: {
      offer: (offer) => socket.emit("offer", offer, room),
      answer: (answer) => socket.emit("answer", answer, room),
      candidate: (candidate) => socket.emit("ice", candidate, room),
    },
    show: (theirs) => showTile({ id: "other", name: "The other person", stream: theirs }),
  });
}

function leave() {
  peer?.close();
  peer = undefined;
  removeTile("other");
}

socket.on("connect", () => {
  leave();
  socket.emit("join_room", room);
});
socket.on("welcome", () => meet(true));
socket.on("offer", (offer) => {
  if (peer === undefined) {
    meet(false);
  }
  peer.receive(offer);
});
socket.on("answer", (answer) => peer?.receive(answer));
socket.on("ice", (candidate) => peer?.receiveCandidate(candidate));
socket.on("bye", leave);
