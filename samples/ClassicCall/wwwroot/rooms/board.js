const board = document.getElementById("board");
const pen = board.getContext("2d");
let drawing;
let listening = false;

/** Draws what the others draw, and tells them what is drawn here; who comes later gets the picture that was stored last. */
export function listenToBoard(socket) {
  socket.emit("getCanvas");
  if (listening) {
    return;
  }
  listening = true;
  socket.on("draw", line);
  socket.on("clearBoard", clear);
  socket.on("getCanvas", (picture) => {
    const image = new Image();
    image.onload = () => pen.drawImage(image, 0, 0);
    image.src = picture;
  });
  document.getElementById("clear").onclick = () => {
    clear();
    socket.emit("clearBoard");
  };
  board.onpointerdown = (event) => {
    board.setPointerCapture(event.pointerId);
    drawing = place(event);
  };
  board.onpointermove = (event) => {
    if (drawing !== undefined) {
      const to = place(event);
      const stroke = [...to, ...drawing, "#1e6f5c", 3];
      line(...stroke);
      socket.emit("draw", ...stroke);
      drawing = to;
    }
  };
  // Once for each stroke: a picture for each move would be a picture for each pixel.
  board.onpointerup = () => {
    drawing = undefined;
    socket.emit("store canvas", board.toDataURL());
  };
}

function line(x, y, fromX, fromY, colour, size) {
  pen.strokeStyle = colour;
  pen.lineWidth = size;
  pen.beginPath();
  pen.moveTo(fromX, fromY);
  pen.lineTo(x, y);
  pen.stroke();
}

function clear() {
  pen.clearRect(0, 0, board.width, board.height);
}

/** In the board's own pixels, however large it is shown. */
function place({ offsetX, offsetY }) {
  return [(offsetX * board.width) / board.clientWidth, (offsetY * board.height) / board.clientHeight];
}
