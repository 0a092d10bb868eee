// The same program, line by line, as bench/Parley.SocketBenchServer/Program.cs.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const server = createServer();
const io = new Server(server);

io.on("connection", (socket) => {
  socket.on("echo", (text, acknowledge) => acknowledge(text));
  socket.on("echo-bytes", (bytes, acknowledge) => acknowledge(bytes));
  socket.on("join", (acknowledge) => {
    socket.join("room");
    acknowledge();
  });
  socket.on("say", (text) => io.to("room").emit("said", text));
});

server.listen(0, "127.0.0.1", () => console.log(`Ready: ${server.address().port}`));
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  if (line === "collect") {
    globalThis.gc();
    globalThis.gc();
    console.log(`Collected: ${process.memoryUsage().heapUsed}`);
  }
});
lines.on("close", () => process.exit(0));
