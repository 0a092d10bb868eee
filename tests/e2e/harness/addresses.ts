import { createServer, type AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";

/** A port where nobody listened a moment ago. */
export async function freePort(host: string): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, host, resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

/** Browsers gather no loopback addresses, and Firefox wants none from a relay: another address of this machine, if it has one. */
export function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}
