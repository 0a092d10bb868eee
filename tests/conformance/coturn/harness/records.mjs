import { readFileSync } from "node:fs";
import { once } from "node:events";
import tls from "node:tls";

/**
 * Stands between coturn's client and a server, and gives each message from the server a TLS record of its own: the client reads one
 * message of each record and counts as lost what else is in it. What the client says goes through as it is.
 */
export async function startRecords({ certificate, key }, port, address) {
  const connections = new Set();
  const listener = tls.createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (client) => {
    const server = tls.connect({ port, host: address, ca: readFileSync(certificate) });
    connections.add(client).add(server);
    for (const [end, other] of [
      [client, server],
      [server, client],
    ]) {
      end.on("error", () => other.destroy());
      end.on("close", () => {
        connections.delete(end);
        other.end();
      });
    }
    client.pipe(server);
    passOn(server, client).catch(() => client.destroy());
  });
  listener.listen(0, address);
  await once(listener, "listening");
  return {
    port: `${listener.address().port}`,
    stop: () => {
      connections.forEach((connection) => connection.destroy());
      listener.close();
    },
  };
}

async function passOn(server, client) {
  let waiting = Buffer.alloc(0);
  for await (const chunk of server) {
    waiting = Buffer.concat([waiting, chunk]);
    for (let length = messageLength(waiting); length <= waiting.length; length = messageLength(waiting)) {
      const message = waiting.subarray(0, length);
      waiting = waiting.subarray(length);
      // What is written while something else waits would share its record.
      await new Promise((resolve, reject) => client.write(message, (error) => (error ? reject(error) : resolve())));
    }
  }
}

/** RFC 8656, section 12.5, and RFC 8489, section 5: over streams ChannelData is padded, STUN always is. */
function messageLength(bytes) {
  if (bytes.length < 4) return Infinity;
  const length = bytes.readUInt16BE(2);
  return bytes[0] < 0x40 ? 20 + length : 4 + ((length + 3) & ~3);
}
