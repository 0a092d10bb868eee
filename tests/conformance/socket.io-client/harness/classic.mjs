import { fileURLToPath } from "node:url";
import { clients } from "./client.mjs";
import { useProgram } from "./sample.mjs";

const dll = fileURLToPath(new URL("../../../../samples/ClassicCall/bin/Debug/net10.0/ClassicCall.dll", import.meta.url));

/** The sample with these settings, for the tests of one describe block. Gives a function that connects somebody. */
export function useClassic(settings) {
  const host = useProgram(dll, settings);
  const connect = clients(host);
  return { host, arrive: () => arrive(connect) };
}

/** Somebody who has connected, and all that they have been told: `[event, ...arguments]`, in order. */
async function arrive(connect) {
  const socket = connect("/", { transports: ["websocket"] });
  const heard = [];
  const waiting = [];
  socket.onAny((...told) => {
    heard.push(told);
    waiting.splice(0).forEach((look) => look());
  });
  await new Promise((resolve) => socket.once("connect", resolve));

  return {
    socket,
    id: socket.id,
    heard,
    say: (...said) => socket.emit(...said),
    /** What this event comes with, as soon as it has come. It counts as heard then. */
    hear: async (name) => {
      for (;;) {
        const at = heard.findIndex(([event]) => event === name);
        if (at >= 0) {
          return heard.splice(at, 1)[0].slice(1);
        }
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
    /** Resolves when everything said before has been handled, and everything told by then has arrived. */
    settle: () => socket.emitWithAck("getCanvas"),
  };
}
