import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const eventPipe = 0x02;
const stopTracing = 0x01;
const collectTracing = 0x02;
const heapCollectKeyword = 0x800000n;

/**
 * Has a .NET process collect all its garbage, by its diagnostics port: beginning to trace the runtime's events with the keyword
 * GCHeapCollect does that. What is on the heap then is in use.
 * https://github.com/dotnet/diagnostics/blob/main/documentation/design-docs/ipc-protocol.md
 */
export async function collectAllGarbage(pid) {
  const folder = process.env.TMPDIR ?? tmpdir();
  const name = (await readdir(folder)).find((file) => file.startsWith(`dotnet-diagnostic-${pid}-`) && file.endsWith("-socket"));
  const provider = Buffer.concat([u64(heapCollectKeyword), u32(4), text("Microsoft-Windows-DotNETRuntime"), text("")]);
  const tracing = connect(join(folder, name));
  const answer = new Promise((resolve, reject) => tracing.once("data", resolve).once("error", reject));
  tracing.write(message(collectTracing, u32(1), u32(1), u32(1), provider));

  // A header of 20 bytes, then the session's id; the events that follow are of no interest, but have to be read.
  const session = (await answer).subarray(20, 28);
  tracing.resume();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const ended = new Promise((resolve) => tracing.once("close", resolve));
  const stopping = connect(join(folder, name));
  stopping.end(message(stopTracing, session));
  stopping.resume();
  await ended;
}

function message(command, ...payload) {
  const body = Buffer.concat(payload);
  const size = Buffer.alloc(2);
  size.writeUInt16LE(20 + body.length);
  return Buffer.concat([Buffer.from("DOTNET_IPC_V1\0", "latin1"), size, Buffer.from([eventPipe, command, 0, 0]), body]);
}

function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

function text(value) {
  return Buffer.concat([u32(value.length + 1), Buffer.from(`${value}\0`, "utf16le")]);
}
