/** See guide.mjs. */
export const layouts: Record<
  "a host of its own" | "a path that nginx takes away" | "a path that nginx leaves",
  { readonly path: string; readonly configuration: string; readonly settings: Record<string, string> }
>;
