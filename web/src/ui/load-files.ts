/** Asked for in one place, because each place more would split it into more files. */
export function loadFiles(): Promise<typeof import("./files/index.js")> {
  return import("./files/index.js");
}
