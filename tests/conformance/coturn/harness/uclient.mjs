import { expect } from "vitest";
import { run } from "./processes.mjs";

/** Which protocol the client speaks with these arguments. */
export const protocolOf = (args) => (args.includes("-S") ? "tls" : args.includes("-t") ? "tcp" : "udp");

/** Runs a command of the guide against a server on other ports. */
export function talk({ program, args }, { server, peer, records, seconds }) {
  const protocol = protocolOf(args);
  const address = args.at(-1);
  const port = (protocol === "tls" && records?.[address]?.port) || server.port(protocol, address);
  const ports = { 3478: port, 5349: port, 3480: peer.port };
  return run(
    program,
    args.map((word) => ports[word] ?? word),
    { seconds },
  );
}

/** By the client's own count everything that it sent came back. */
export async function expectNothingLost(command, setting) {
  const { code, output } = await talk(command, setting);

  expect(output, output).toMatch(/tot_send_msgs=[1-9]/u);
  expect(output, output).toMatch(/Total lost packets 0 \(0\.000000%\), total send dropped 0/u);
  expect(code).toBe(0);
}
