import js from "@eslint/js";
import importX from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import { readdirSync } from "node:fs";
import { URL } from "node:url";
import tseslint from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

/** shared → features → app, and features are strangers to one another. */
const zones = [
  { target: "./src/shared", from: ["./src/features", "./src/app"] },
  { target: "./src/features", from: "./src/app" },
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: "./src/features",
    except: [`./${feature}`],
  })),
];

/** Each outside library that deserves one owner, and the folder or file that owns it. */
const owners = [
  { library: "socket.io-client", owner: "src/shared/api/**" },
  { library: "lightweight-charts", owner: "src/features/chart/chart-*.ts" },
];

const restrictedTo = (file) => ({
  "no-restricted-imports": [
    "error",
    ...owners
      .filter(({ owner }) => owner !== file)
      .map(({ library, owner }) => ({ name: library, message: `Only ${owner} uses ${library}.` })),
  ],
});

export default tseslint.config(
  { ignores: ["dist", "src/shared/api/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}", "vite.config.ts", "vitest.config.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers and timestamps read well inside a sentence.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An arrow that only calls is the shortest event handler.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [reactHooks.configs.flat["recommended-latest"], jsxA11y.flatConfigs.strict],
    plugins: { "import-x": importX },
    languageOptions: { globals: globals.browser },
    settings: { "import-x/resolver": { typescript: { project: "./tsconfig.app.json" } } },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "error",
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      ...restrictedTo(null),
    },
  },
  ...[...new Set(owners.map(({ owner }) => owner))].map((owner) => ({
    files: [owner],
    rules: restrictedTo(owner),
  })),
  { files: ["public/**/*.js"], languageOptions: { globals: globals.browser } },
);
