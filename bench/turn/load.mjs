import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../Parley.TurnLoad/bin/Release/net10.0/Parley.TurnLoad.dll", import.meta.url));

/** Runs Parley.TurnLoad; `onLine` gets each object that it prints. Answers its exit code. */
export async function runLoad(command, server, args, onLine) {
  const child = spawn("dotnet", [program, command, "--server", server.address, "--pid", `${server.process.pid}`, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "close");
  for await (const line of createInterface({ input: child.stdout })) {
    await onLine(JSON.parse(line));
  }

  const [code] = await ended;
  return code;
}
