import { permittedStorage } from "./permitted-storage.js";
import { markedRecordings } from "./recording/marked.js";

/** Asked for in one place, because each place more would split it into more files. */
export function loadKept(): Promise<typeof import("./recording/kept.js")> {
  return import("./recording/kept.js");
}

/** Where this browser keeps a recording that was not saved, it is offered. Costs nothing where there is none. */
export function offerKept(): void {
  if (markedRecordings(permittedStorage(() => localStorage)).length === 0) return;
  loadKept().then(
    ({ lookForKept }) => lookForKept(),
    () => {
      // The server is out of reach: the next page offers it.
    },
  );
}
