import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const gateway = process.env.GATEWAY_URL ?? "http://127.0.0.1:3001";
const proxied = ["/api", "/health", "/docs", "/openapi.json"];
/** The gateway lets nobody in who comes from another page than its own. */
const toGateway = { target: gateway, changeOrigin: true, headers: { Origin: gateway } };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    target: "es2023",
    rolldownOptions: {
      // What changes rarely stays in the browser's cache when the dashboard changes.
      output: {
        codeSplitting: {
          groups: [
            { name: "charts", test: /node_modules[\\/](lightweight-charts|fancy-canvas)/ },
            { name: "libraries", test: /node_modules/, tags: ["$initial"] },
            { name: "workspace", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ["/socket.io", ...proxied].map((path) => [path, { ...toGateway, ws: path === "/socket.io" }]),
    ),
  },
});
