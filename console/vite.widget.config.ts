import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The pictures of the goods on the demo shop's page, from the demo shop itself. */
function demoPictures(): Plugin {
  return {
    name: "demo-pictures",
    generateBundle() {
      const goods = JSON.parse(readFileSync(at("public/demo-shop/goods.json"), "utf8")) as { id: string }[];
      for (const { id } of goods) {
        const source = readFileSync(at(`../demo/pictures/${id}.webp`));
        this.emitFile({ type: "asset", fileName: `demo-shop/${id}.webp`, source });
      }
    },
  };
}

// The shopper's chat is one classic script at a stable address, beside the console in the same folder.
export default defineConfig({
  plugins: [demoPictures()],
  publicDir: false,
  build: {
    target: "es2020",
    emptyOutDir: false,
    lib: { entry: "src/widget/main.ts", formats: ["iife"], name: "zhangguiChat", fileName: () => "widget.js" },
  },
});
