import { defineConfig } from "vitest/config";

/** The embeddable element keeps its name, so that `<script type="module" src="https://host/parley-call.js">` is stable. */
const element = "parley-call";

export default defineConfig({
  build: {
    target: "es2022",
    // Content-Security-Policy: nothing inline, neither the polyfill's script nor data: assets.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { page: "index.html", [element]: `src/ui/${element}.ts` },
      output: {
        entryFileNames: ({ name }) => (name === element ? "[name].js" : "assets/[name]-[hash].js"),
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  experimental: {
    // Pages are served at any depth (/r/NAME), so they name assets from the root; modules may be loaded by pages of
    // other hosts, so they name each other relatively.
    renderBuiltUrl: (_file, { hostType }) => (hostType === "html" ? undefined : { relative: true }),
  },
  server: {
    proxy: { "/socket.io": { target: "http://localhost:8080", ws: true } },
  },
  test: {
    environment: "node",
    include: ["src/**/*.test.ts"],
  },
});
