// Bundles the extension, the language server and the command line into dist/, each to run with plain node wherever dist/ is copied.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

const entries = [
  { name: "extension", source: "client/src/extension.ts" },
  { name: "server", source: "server/src/main.ts" },
  { name: "cli", source: "server/src/cli.ts", banner: "#!/usr/bin/env node" },
];

/** The compiler is most of the code and the last thing needed: it has a file of its own, read when the first file is parsed. */
const compiler = { name: "typescript", module: "ts-morph" };

/**
 * `import { ts } from "ts-morph"` becomes a look-up that reads dist/typescript.js on first use. Starting without it takes 97 ms instead of 441,
 * and a workspace without a database library never pays.
 */
const lazyCompiler = {
  name: "lazy-compiler",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^ts-morph$/ }, () => ({ path: compiler.module, namespace: "lazy-compiler" }));
    onResolve({ filter: /^\.\/typescript\.js$/, namespace: "lazy-compiler" }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: "lazy-compiler" }, () => ({
      contents: [
        "let loaded;",
        'const load = () => (loaded ??= require("./typescript.js"));',
        ...usedExports.map((name) => `Object.defineProperty(exports, "${name}", { enumerable: true, get: () => load().${name} });`),
      ].join("\n"),
      loader: "js",
      resolveDir: root,
    }));
  },
};

/** What the sources may import from ts-morph. Naming it keeps the rest out of the bundle, as far as it can be told apart. */
const usedExports = ["ts", "Project"];

/** ts-morph brings the texts of TypeScript's libraries for programs that are type-checked: 2.8 MB that nothing here reads. */
const withoutLibraryTexts = {
  name: "without-library-texts",
  setup({ onLoad }) {
    onLoad({ filter: /ts-morph-common\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      let emptied = 0;
      const contents = source.replace(/(fileName: "lib\.[^"]+",\s*text: )("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)/g, (_, head) => {
        emptied++;
        return `${head}""`;
      });
      if (emptied < 50) throw new Error(`Only ${emptied} library texts found in ${relative(root, path)}: its form has changed`);
      return { contents, loader: "js" };
    });
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  minify: true,
  keepNames: false,
  legalComments: "none",
  // jsonc-parser's `main` is a UMD file that no bundler can follow.
  mainFields: ["module", "main"],
  external: ["vscode"],
  logLevel: "warning",
  define: { "process.env.BOUNCER_SAFE_VERSION": JSON.stringify(JSON.parse(await readFile(join(root, "package.json"), "utf8")).version) },
};

/** Builds dist/ from nothing. Resolves with the names of the entries that it built. */
export async function buildAll() {
  const dist = join(root, "dist");
  await mkdir(dist, { recursive: true });
  const present = entries.filter(({ name, source }) => {
    if (existsSync(join(root, source))) return true;
    console.error(`${name}: ${source} does not exist yet, left out`);
    return false;
  });
  await Promise.all([
    ...present.map(({ name, source, banner }) =>
      build({
        ...shared,
        entryPoints: [source],
        outfile: join("dist", `${name}.js`),
        plugins: [lazyCompiler],
        ...(banner ? { banner: { js: banner } } : {}),
      }),
    ),
    build({
      ...shared,
      stdin: { contents: `export { ${usedExports.join(", ")} } from "ts-morph";`, resolveDir: join(root, "server"), loader: "js" },
      outfile: join("dist", `${compiler.name}.js`),
      // ts-morph's ES modules are generated from the CommonJS ones; one copy of the compiler is enough.
      mainFields: ["main"],
      plugins: [withoutLibraryTexts],
    }),
    copyFile(join(dirname(require.resolve("libpg-query")), "libpg-query.wasm"), join(dist, "libpg-query.wasm")),
  ]);
  return present.map(({ name }) => name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--clean")) await rm(join(root, "dist"), { recursive: true, force: true });
  await buildAll();
}
