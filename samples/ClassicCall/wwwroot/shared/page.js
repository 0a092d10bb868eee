import { io } from "/socket.io/socket.io.esm.min.js";

const find = (id) => document.getElementById(id);

/** Waits until somebody has filled in the form; then there are a camera (if it may be used) and a connection to the server. */
export async function enter() {
  const form = find("enter");
  const said = await new Promise((resolve) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      resolve(new FormData(form));
    };
  });
  form.hidden = true;
  find("call").hidden = false;
  const iceServers = await (await fetch("/ice.json")).json();
  const { stream, without } = await camera();
  showTile({ id: "me", name: "You", stream, own: true });
  const socket = io();
  socket.on("join error", tell);
  socket.on("disconnect", () => tell("The connection to the server is lost."));
  socket.on("connect", () => tell(without));
  find("leave").onclick = () => location.reload();
  return { name: said.get("name"), room: said.get("room"), iceServers, stream, socket };
}

/** Shows what somebody sends. `source`: "camera" or "screen". */
export function showTile({ id, name, stream, source = "camera", own = false }) {
  const tile = tileOf(id, source) ?? document.createElement("figure");
  if (!tile.isConnected) {
    tile.append(document.createElement("video"), document.createElement("figcaption"));
    find("tiles").append(tile);
  }
  const [video, caption] = tile.children;
  video.autoplay = video.playsInline = true;
  video.muted = own;
  if (video.srcObject !== stream) {
    video.srcObject = stream;
  }
  // What somebody calls themselves is text, never HTML.
  caption.textContent = source === "screen" ? `${name}: screen` : name;
  if (!own) {
    Object.assign(tile.dataset, { participant: id, name, source });
  }
  tile.dataset.tile = `${id} ${source}`;
}

export function removeTile(id, source) {
  for (const each of source === undefined ? ["camera", "screen"] : [source]) {
    tileOf(id, each)?.remove();
  }
}

export function markTile(id, marks) {
  Object.assign(tileOf(id, "camera")?.dataset ?? {}, marks);
}

export function tell(text) {
  find("notice").textContent = text;
}

const tileOf = (id, source) => [...find("tiles").children].find((tile) => tile.dataset.tile === `${id} ${source}`);

async function camera() {
  try {
    return { stream: await navigator.mediaDevices.getUserMedia({ audio: true, video: true }), without: "" };
  } catch (error) {
    return { stream: new MediaStream(), without: `Nobody sees or hears you: ${error.message}` };
  }
}
