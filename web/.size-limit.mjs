import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a browser fetches with this script before anybody has pressed anything: it, and what it imports, but for import(). */
function withImports(script, found = new Set()) {
  if (found.has(script)) return found;
  found.add(script);
  for (const [, path] of readFileSync(script, "utf8").matchAll(/\b(?:from|import)"(\.[^"]+\.js)"/g)) {
    withImports(join(dirname(script), path), found);
  }
  return found;
}

const page = "dist/index.html";
const [, entry] = /<script type="module"[^>]* src="\.?\/?([^"]+)"/.exec(readFileSync(page, "utf8"));
const first = [...withImports(join("dist", entry))];
// Another bundler may write its imports in another way, which must not pass for a small page.
if (!first.includes("dist/parley-call.js"))
  throw new Error(`The page does not import parley-call.js: ${first.join(", ")}`);

export default [
  {
    name: "landing, lobby and call together",
    path: [page, "dist/**/*.css", ...first],
    limit: "100 KB",
    gzip: true,
  },
  {
    name: "with everything that is loaded when it is used",
    path: ["dist/**/*.js", "dist/**/*.css", "dist/**/*.html"],
    limit: "260 KB",
    gzip: true,
  },
];
