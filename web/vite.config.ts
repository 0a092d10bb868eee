import { defineConfig } from "vitest/config";

/** The embeddable element keeps its name, so that `<script type="module" src="https://host/parley-call.js">` is stable. */
const element = "parley-call";

export default defineConfig({
  // The page names its files relative to itself, since only the browser knows under which path of which proxy they are. For
  // pages that lie deeper (/r/NAME) the server moves the names up.
  base: "./",
  build: {
    target: "es2022",
    // Content-Security-Policy: nothing inline, neither the polyfill's script nor data: assets.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { page: "index.html", [element]: `src/ui/${element}.ts` },
      output: {
        entryFileNames: ({ name }) => (name === element ? "[name].js" : "assets/[name]-[hash].js"),
        // What is loaded only when it is looked at is called so. What counts as loaded first: .size-limit.mjs.
        chunkFileNames: ({ isDynamicEntry, name }) =>
          isDynamicEntry ? `assets/later-${name}-[hash].js` : "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: {
    proxy: { "/socket.io": { target: "http://localhost:8080", ws: true }, "/phone": "http://localhost:8080" },
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.ts"],
  },
});
