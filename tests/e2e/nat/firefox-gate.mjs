// Runs Firefox inside a network namespace and lets WebDriver BiDi in from outside: Firefox is driven over a WebSocket on its own
// loopback address, which nobody outside can reach. Stands in the place of the browser's program:
//
//   node firefox-gate.mjs NAMESPACE ARGUMENT...

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const [namespace, ...args] = process.argv.slice(2);
const inside = (program, programArgs, stdio) =>
  spawn("ip", ["netns", "exec", namespace, program, ...programArgs], { stdio });

/** Joins its input and output to a port of its own loopback address. */
const joint = `
  const socket = require("node:net").connect(Number(process.argv[1]), "127.0.0.1");
  process.stdin.pipe(socket).pipe(process.stdout);
  socket.on("close", () => process.exit());
`;

const firefox = inside("/usr/bin/firefox-esr", args, ["ignore", "inherit", "pipe"]);
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => firefox.kill(signal));
}
firefox.once("exit", (code) => process.exit(code ?? 1));

createInterface(firefox.stderr).on("line", (line) => {
  const port = /ws:\/\/127\.0\.0\.1:(\d+)/u.exec(line)?.[1];
  if (port === undefined) {
    process.stderr.write(`${line}\n`);
    return;
  }

  const gate = createServer((socket) => {
    const carrier = inside(process.execPath, ["-e", joint, port], ["pipe", "pipe", "ignore"]);
    // Firefox wants to be called as it calls itself.
    socket.once("data", (request) => {
      carrier.stdin.write(request.toString("latin1").replace(/^Host: .*$/imu, `Host: 127.0.0.1:${port}`), "latin1");
      socket.pipe(carrier.stdin);
    });
    carrier.stdout.pipe(socket);
    carrier.once("exit", () => socket.destroy());
    socket.once("close", () => carrier.kill());
    for (const stream of [socket, carrier.stdin]) {
      stream.on("error", () => socket.destroy());
    }
  });
  gate.listen(0, "127.0.0.1", () => {
    process.stderr.write(`${line.replace(`:${port}`, `:${gate.address().port}`)}\n`);
  });
});
