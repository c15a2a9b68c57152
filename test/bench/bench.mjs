// Bundles the benchmark and runs it: `npm run bench`, `npm run bench -- typing start`, `npm run bench -- --tree ../medusa cold`.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildAll } from "../../scripts/build.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "bouncer-safe-bench-"));
try {
  const dist = join(folder, "dist");
  await buildAll(dist);
  const outfile = join(folder, "main.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["test/bench/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    mainFields: ["module", "main"],
    // The protocol's library is CommonJS inside.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  const { main } = await import(pathToFileURL(outfile).href);
  await main({ root, dist, scratch: folder, arguments: process.argv.slice(2) });
} finally {
  await rm(folder, { recursive: true, force: true });
}
