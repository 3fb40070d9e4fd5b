import { mergeConfig } from "vite";
import { defineConfig } from "vitest/config";
import vite from "./vite.config.ts";

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      environment: "node",
      include: ["src/**/*.test.{ts,tsx}"],
      // Their contrast is tested; no other style is looked at.
      css: { include: /tokens\.css/ },
      restoreMocks: true,
      unstubGlobals: true,
      // Every test undoes what it did, and a fresh world for each of the files takes seconds.
      isolate: false,
      pool: "threads",
    },
  }),
);
