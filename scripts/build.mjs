// Bundles the extension, the language server and the command line into dist/, each to run with plain node wherever dist/ is copied.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { parserOf, tryParser, usedOf, withoutLookUps } from "./compiler-parser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const { ts } = require("ts-morph");

/** Files that are started. */
const extension = { name: "extension", source: "client/src/extension.ts" };
const starters = [
  { name: "server", source: "server/src/main.ts", bundle: "service.js", first: "" },
  { name: "cli", source: "server/src/cli.ts", bundle: "start.js", first: "#!/usr/bin/env node\n" },
];

/**
 * The command line has a small bundle of its own, which finds the files: a workspace without database code, and one in which nothing changed since
 * the last time, are answered before the engine could be started. The server has one that answers `initialize`. This is what they ask of others.
 */
const asked = [
  { name: "analyzer", source: "server/src/analyze.ts", bundle: "engine.js" },
  { name: "workspace", source: "server/src/workspace.ts", bundle: "engine.js" },
  { name: "rules", source: "server/src/rules/index.ts", bundle: "engine.js" },
  { name: "service", source: "server/src/lsp/start.ts", bundle: "service.js" },
];

/** Files that ask: of each, what it imports when it needs it comes from the bundle that has it. */
const asking = /[\\/]server[\\/]src[\\/](?:cli|lsp[\\/]product)\.ts$/;

/** The bundles that these make. */
const parts = ["start.js", "service.js", "engine.js"];

/** The second thread of the search for sources. */
const search = { name: "search", source: "server/src/workspace/search-thread.ts" };

/** The compiler's parser is the last thing needed: it has a file of its own, read when the first file is parsed. */
const compiler = "typescript";

/** What a file of the front end takes from the compiler are numbers in a bundle, and must not be asked for: that would load it. */
const enumerations = /^const \{ (?:SyntaxKind|NodeFlags|, )+ \} = ts;$/m;

/**
 * `import { ts } from "ts-morph"` becomes a look-up that reads dist/typescript.js on first use. Starting without it takes 97 ms instead of
 * 441, and a workspace without a database library never pays. Of ts-morph only the compiler inside it is bundled, and of that only the parser:
 * its wrapped nodes, its type checker, and the 2.8 MB of library texts that it brings for type checking, are used nowhere.
 */
const lazyCompiler = {
  name: "lazy-compiler",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]frontends[\\/]typescript[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: withoutLookUps(await readFile(path, "utf8"), ts).replace(enumerations, ""),
      loader: "ts",
    }));
    onResolve({ filter: /^ts-morph$/ }, async ({ importer }) => {
      const names = [...(await readFile(importer, "utf8")).matchAll(/^import (?!type)(.*) from "ts-morph"/gm)].map(
        ([, what]) => what,
      );
      const others = names.filter((what) => what !== "{ ts }");
      if (others.length) return { errors: [{ text: `Of ts-morph only \`ts\` is bundled, not ${others.join(", ")}` }] };
      return { path: join(root, "scripts/lazy-typescript.cjs") };
    });
    onResolve({ filter: /^\.\/load\.js$/ }, ({ path }) => ({ path, external: true }));
  },
};

/** What the small bundles ask for becomes a look-up that reads the other bundle on first use. */
const lazyBundles = {
  name: "lazy-bundles",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: asking }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/\bimport\("([^"]*)"\)/g, (whole, specifier) => {
        const source = relative(root, join(dirname(path), specifier)).replaceAll("\\", "/");
        const one = asked.find((each) => each.source === source);
        return one ? `require("./load.js").load("${one.bundle}").${one.name}()` : whole;
      }),
      loader: "ts",
    }));
    const lazyCrypto = join(root, "scripts/lazy-crypto.cjs");
    onResolve({ filter: /^node:crypto$/ }, ({ importer }) =>
      importer === lazyCrypto ? undefined : { path: lazyCrypto },
    );
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // What V8 compiled before cannot import anything.
  supported: { "dynamic-import": false },
  minify: true,
  keepNames: false,
  legalComments: "none",
  // jsonc-parser's `main` is a UMD file that no bundler can follow.
  mainFields: ["module", "main"],
  external: ["vscode"],
  logLevel: "warning",
  define: {
    "process.env.BOUNCER_SAFE_VERSION": JSON.stringify(
      JSON.parse(await readFile(join(root, "package.json"), "utf8")).version,
    ),
  },
};

/** Builds everything into a folder, `dist/` unless told otherwise. Resolves with the names of the entries that it built. */
export async function buildAll(dist = join(root, "dist")) {
  await mkdir(dist, { recursive: true });
  const [client, ...servers] = [extension, ...starters].map((entry) => ({
    ...entry,
    exists: existsSync(join(root, entry.source)),
  }));
  const present = servers.filter(({ exists }) => exists);
  for (const { name, source, exists } of [client, ...servers])
    if (!exists) console.error(`${name}: ${source} does not exist yet, left out`);
  await Promise.all([
    client.exists && build({ ...shared, entryPoints: [client.source], outfile: join(dist, `${client.name}.js`) }),
    ...parts.map((bundle) =>
      build({
        ...shared,
        stdin: {
          contents: [...present, ...asked]
            .filter((one) => one.bundle === bundle)
            .map(({ name, source }) => `export const ${name} = () => import("./${source}");`)
            .join("\n"),
          resolveDir: root,
          loader: "ts",
        },
        outfile: join(dist, bundle),
        plugins: bundle === "engine.js" ? [lazyCompiler] : [lazyBundles, lazyCompiler],
      }),
    ),
    build({ ...shared, entryPoints: [search.source], outfile: join(dist, `${search.name}.js`) }),
    ...present.map(({ name, bundle, first }) =>
      writeFile(join(dist, `${name}.js`), `${first}require("./load.js").load("${bundle}").${name}();\n`),
    ),
    writeParser(dist),
    copyFile(join(dirname(require.resolve("libpg-query")), "libpg-query.wasm"), join(dist, "libpg-query.wasm")),
    writeSchema(dist),
  ]);
  await writeLoader(dist);
  return [client, ...servers].filter(({ exists }) => exists).map(({ name }) => name);
}

/** The compiler's parser, with the names that the engine uses. */
async function writeParser(dist) {
  const outfile = join(dist, `${compiler}.js`);
  const resolve = createRequire(require.resolve("ts-morph")).resolve;
  const source = await readFile(resolve("@ts-morph/common/dist/typescript.js"), "utf8");
  const contents = parserOf(source, await usedOf(source, join(root, "server/src")));
  await build({ ...shared, stdin: { contents, resolveDir: root, loader: "js" }, outfile });
  tryParser(require(outfile));
}

/** What loads the bundles, with what tells these from those of another build. */
async function writeLoader(dist) {
  const hashes = {};
  for (const name of [...parts, `${compiler}.js`])
    hashes[name] = createHash("sha256")
      .update(await readFile(join(dist, name)))
      .digest("hex")
      .slice(0, 16);
  await build({
    ...shared,
    entryPoints: ["scripts/load.cjs"],
    outfile: join(dist, "load.js"),
    define: { "process.env.BOUNCER_SAFE_BUNDLES": JSON.stringify(JSON.stringify(hashes)) },
  });
}

/** The JSON schema of `bouncer-safe.json`, which the manifest contributes to the editor. */
async function writeSchema(dist) {
  const { outputFiles } = await build({
    ...shared,
    stdin: {
      contents: `
        import { createSchema } from "./server/src/config/description.ts";
        import { rules } from "./server/src/rules/index.ts";
        import { unusedSuppressionRule } from "./server/src/suppressions.ts";
        module.exports = createSchema([...rules, unusedSuppressionRule]);`,
      resolveDir: root,
      loader: "ts",
    },
    plugins: [lazyCompiler],
    write: false,
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0].text)(module, module.exports, require);
  await writeFile(join(dist, "bouncer-safe.schema.json"), `${JSON.stringify(module.exports, undefined, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--clean")) await rm(join(root, "dist"), { recursive: true, force: true });
  await buildAll();
}
