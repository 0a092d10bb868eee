/** Asked for in one place, because each place more would split it into more files. */
export function loadDoors(): Promise<typeof import("./doors/index.js")> {
  return import("./doors/index.js");
}
