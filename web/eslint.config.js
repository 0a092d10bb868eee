import js from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * The arrows of web/src: what each folder may import; everything else is refused.
 * `ui → call → {rtc, signalling}`; rtc and signalling do not see each other.
 */
const arrows = {
  signalling: { folders: [], packages: ["socket.io-client"] },
  rtc: { folders: [], packages: [] },
  call: { folders: ["rtc", "signalling"], packages: [] },
  ui: { folders: ["call"], packages: ["lit"] },
};

/** Logic runs without a page: what it needs of one is handed in, so that tests hand in something else. */
const pageGlobals = ["document", "window", "localStorage", "sessionStorage", "location", "navigator"];

function arrowRules([folder, allowed]) {
  const folders = Object.keys(arrows).filter((other) => other !== folder && !allowed.folders.includes(other));
  const packages = Object.values(arrows)
    .flatMap((other) => other.packages)
    .filter((name) => !allowed.packages.includes(name));
  const patterns = [
    {
      group: folders.flatMap((other) => [`**/${other}`, `**/${other}/**`]),
      message: `${folder} may not see this folder.`,
    },
    { group: packages.flatMap((name) => [name, `${name}/**`]), message: `${folder} may not use this package.` },
  ];
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": ["error", { patterns: patterns.filter(({ group }) => group.length > 0) }],
      ...(folder === "ui" ? {} : { "no-restricted-globals": ["error", ...pageGlobals] }),
    },
  };
}

export default tseslint.config(
  { ignores: ["dist/", "coverage/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      // A cleared callback is written `() => {}`, and spelled the same everywhere.
      "@typescript-eslint/no-empty-function": "off",
    },
  },
  ...Object.entries(arrows).map(arrowRules),
);
