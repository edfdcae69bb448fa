import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env["ZHANGGUI_SERVER"] ?? "http://127.0.0.1:8787";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2022",
    // Everything comes from the server itself and no picture is inlined: the content policy is 'self'.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    manifest: true,
    // One sheet of a few KB for all screens: each more would be a request that the first paint waits for.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // Whatever the first page needs comes in two pieces. In the dozens of small ones that it falls into
        // by itself it waits longer for the requests than for the bytes.
        codeSplitting: {
          groups: [
            { name: "packages", tags: ["$initial"], test: /node_modules/ },
            { name: "console", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": server, "/openapi.json": server } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
