const call = document.querySelector("parley-call");
const canvas = document.querySelector("canvas");
const context = canvas.getContext("2d");
const channel = "whiteboard";
/** Whatever others send, there is never more than this. */
const most = { strokes: 5_000, numbers: 4_000 };

/** By id: {colour, points: [x, y, x, y, ...]}, from 0 to 1, so that every page may show them as large as it likes. */
const strokes = new Map();
/** How often everything was cleared: what belongs to an older drawing is not drawn any more. */
let drawing = 0;
let current = null;

// The room and the name may stand in the address: /?room=team-lunch&name=Ada
const query = new URLSearchParams(location.search);
if (query.has("room")) call.setAttribute("room", query.get("room"));
if (query.has("name")) {
  call.setAttribute("name", query.get("name"));
  call.setAttribute("autojoin", "");
}

canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  current = { id: crypto.randomUUID(), colour: document.querySelector("#colour").value };
  add(event);
});
canvas.addEventListener("pointermove", (event) => current && add(event));
canvas.addEventListener("pointerup", () => (current = null));
canvas.addEventListener("pointercancel", () => (current = null));
document.querySelector("#clear").addEventListener("click", () => {
  clear(drawing + 1);
  call.send(channel, JSON.stringify({ drawing }));
});

call.addEventListener("parley-data", ({ detail }) => {
  if (detail.channel === channel) receive(detail.data);
});

// Who comes late, or comes back, gets the drawing from everyone: what comes twice changes nothing.
call.addEventListener("parley-reach", ({ detail }) => {
  for (const [id, { colour, points }] of strokes) {
    call.send(channel, JSON.stringify({ drawing, id, colour, at: 0, points }), { to: detail.id });
  }
  call.send(channel, JSON.stringify({ drawing }), { to: detail.id });
});

/** A point of one's own, drawn and sent. */
function add({ offsetX, offsetY }) {
  const place = [offsetX / canvas.clientWidth, offsetY / canvas.clientHeight];
  const points = place.map((n) => Math.round(Math.min(1, Math.max(0, n)) * 1e4) / 1e4);
  const at = strokes.get(current.id)?.points.length ?? 0;
  const message = { drawing, ...current, at, points };
  if (put(message)) call.send(channel, JSON.stringify(message));
}

/** Others may send anything: what is not as it should be is left out. */
function receive(data) {
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    return;
  }
  if (!Number.isSafeInteger(message?.drawing) || message.drawing < drawing) return;
  if (message.drawing > drawing) clear(message.drawing);
  const { id, colour, at, points } = message;
  const sound = typeof id === "string" && id.length <= 36 && /^#[0-9a-f]{6}$/.test(colour) && Array.isArray(points);
  if (sound && Number.isSafeInteger(at) && at >= 0 && points.every((n) => n >= 0 && n <= 1 && typeof n === "number")) put(message);
}

/** Part of a stroke, from its number `at` on. Answers whether there was room for it. */
function put({ id, colour, at, points }) {
  const stroke = strokes.get(id) ?? { colour, points: [] };
  if (strokes.size >= most.strokes && !strokes.has(id)) return false;
  if (at > stroke.points.length || at + points.length > most.numbers) return false;
  strokes.set(id, stroke);
  stroke.points.splice(at, points.length, ...points);
  draw(stroke, Math.max(0, at - 2));
  return true;
}

function clear(number) {
  drawing = number;
  strokes.clear();
  context.clearRect(0, 0, canvas.width, canvas.height);
}

function draw({ colour, points }, from) {
  context.strokeStyle = colour;
  context.lineWidth = canvas.width / 300;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  for (let at = from; at < points.length; at += 2) {
    context.lineTo(points[at] * canvas.width, points[at + 1] * canvas.height);
  }
  context.stroke();
}
