// The vocabulary of one to one: room:join, user:call, call:accepted, peer:nego:needed and peer:nego:done. It has no word for candidates.
import { enter, removeTile, showTile, tell } from "/shared/page.js";
import { Peer } from "/shared/peer.js";

const { name, room, iceServers, stream, socket } = await enter();
const share = document.getElementById("share");
let other;
let screen;

/** Somebody to talk to. The first offer calls, and its answer accepts; all further ones negotiate. */
function meet(id, email, begins) {
  leave();
  const made = {
    id,
    called: false,
    peer: new Peer({
      iceServers,
      begins,
      stream,
      send: {
        offer(offer) {
          socket.emit(made.called ? "peer:nego:needed" : "user:call", { to: id, offer });
          made.called = true;
        },
        answer(ans) {
          socket.emit(made.called ? "peer:nego:done" : "call:accepted", { to: id, ans });
          made.called = true;
        },
      },
      show: (theirs) => show(made, email, theirs),
    }),
  };
  other = made;
  if (screen !== undefined) {
    made.peer.add(screen);
  }
}

/** The first stream is the camera, what comes beside it is a screen, and goes when its track does. */
function show(person, email, theirs) {
  person.camera ??= theirs;
  const source = theirs === person.camera ? "camera" : "screen";
  showTile({ id: person.id, name: email, stream: theirs, source });
  theirs.onremovetrack = () => {
    if (source === "screen" && theirs.getTracks().length === 0) {
      removeTile(person.id, "screen");
    }
  };
}

function leave() {
  if (other !== undefined) {
    other.peer.close();
    removeTile(other.id);
    other = undefined;
  }
}

socket.on("connect", () => {
  leave();
  socket.emit("room:join", { email: name, room });
});
socket.on("room:join", (joined) => (document.title = `Classic call: ${joined.room}`));
socket.on("user:joined", ({ email, id }) => meet(id, email, true));
socket.on("user:left", ({ id }) => id === other?.id && leave());
socket.on("incomming:call", ({ from, offer }) => {
  meet(from, "The other person", false);
  other.peer.receive(offer);
});
socket.on("call:accepted", ({ from, ans }) => from === other?.id && other.peer.receive(ans));
socket.on("peer:nego:needed", ({ from, offer }) => from === other?.id && other.peer.receive(offer));
socket.on("peer:nego:final", ({ from, ans }) => from === other?.id && other.peer.receive(ans));

share.onclick = async () => {
  if (screen !== undefined) {
    stop();
    return;
  }
  // Once is enough.
  share.disabled = true;
  try {
    screen = await navigator.mediaDevices.getDisplayMedia({ video: true });
  } catch (error) {
    // Or they have thought better of it.
    if (error.name !== "NotAllowedError") {
      tell(`Your screen is not shared: ${error.message}`);
    }
    return;
  } finally {
    share.disabled = false;
  }
  screen.getVideoTracks()[0].onended = stop;
  share.textContent = "Stop sharing";
  other?.peer.add(screen);
};

function stop() {
  if (screen !== undefined) {
    other?.peer.remove(screen);
    screen.getTracks().forEach((track) => track.stop());
    screen = undefined;
    share.textContent = "Share screen";
  }
}
