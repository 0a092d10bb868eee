/** Asked for in one place, because each place more would split it into more files. */
export function loadQuality(): Promise<typeof import("./quality/index.js")> {
  return import("./quality/index.js");
}
