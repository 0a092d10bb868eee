// The vocabulary of rooms: who comes is told who is there, and offers to each of them.
import { enter, markTile, removeTile, showTile } from "/shared/page.js";
import { Peer } from "/shared/peer.js";
import { listenToBoard } from "./board.js";

const { name, room, iceServers, stream, socket } = await enter();
const peers = new Map();

/** The connection to somebody of the room; a new one, if it is the first of theirs or they begin anew. */
function meet(id, called, begins) {
  forget(id);
  const peer = new Peer({
    iceServers,
    begins,
    stream,
    send: {
      offer: (offer) => socket.emit("video-offer", offer, id),
      answer: (answer) => socket.emit("video-answer", answer, id),
      candidate: (candidate) => socket.emit("new icecandidate", candidate, id),
    },
    show: (theirs) => showTile({ id, name: called, stream: theirs }),
  });
  peers.set(id, peer);
  showTile({ id, name: called, stream: null });
  return peer;
}

function forget(id) {
  peers.get(id)?.close();
  peers.delete(id);
  removeTile(id);
}

socket.on("connect", () => {
  [...peers.keys()].forEach(forget);
  socket.emit("join room", room, name);
});
socket.on("join room", (ids, names, mics, videos) => {
  for (const id of ids ?? []) {
    meet(id, names[id], true);
    markTile(id, { mic: mics[id], cam: videos[id] });
  }
  listenToBoard(socket);
});
socket.on("video-offer", (offer, id, called, mic, cam) => {
  const peer = peers.get(id) ?? meet(id, called, false);
  markTile(id, { mic, cam });
  peer.receive(offer);
});
socket.on("video-answer", (answer, id) => peers.get(id)?.receive(answer));
socket.on("new icecandidate", (candidate, id) => peers.get(id)?.receiveCandidate(candidate));
socket.on("remove peer", forget);
socket.on("user count", (count) => (document.getElementById("count").textContent = count));

const marks = { mute: { mic: "off" }, unmute: { mic: "on" }, videooff: { cam: "off" }, videoon: { cam: "on" } };
socket.on("action", (action, id) => markTile(id, marks[action] ?? {}));

for (const [button, tracks, off, on] of [
  [document.getElementById("microphone"), stream.getAudioTracks(), "mute", "unmute"],
  [document.getElementById("camera"), stream.getVideoTracks(), "videooff", "videoon"],
]) {
  button.onclick = () => {
    const enabled = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(enabled));
    tracks.forEach((track) => (track.enabled = enabled));
    socket.emit("action", enabled ? on : off);
  };
}

const chat = document.getElementById("chat");
chat.onsubmit = (event) => {
  event.preventDefault();
  socket.emit("message", new FormData(chat).get("text"), name, room);
  chat.reset();
};
socket.on("message", (text, from, time) => {
  // What people write is text, never HTML.
  const line = document.createElement("li");
  line.textContent = `${time} ${from}: ${text}`;
  document.getElementById("messages").append(line);
});
