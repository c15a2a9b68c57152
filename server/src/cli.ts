import { buildOf } from "./cli/cache.ts";
import { run } from "./cli/run.ts";
import { cacheFolder } from "./cli/user-cache.ts";
import { rules } from "./rules/index.ts";

// A reader that has seen enough (`| head`) closes the pipe: that is its right, and no crash.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const version = process.env.BOUNCER_SAFE_VERSION ?? "0.0.0";
// Where the program is a file of its own: another build of the same version gives other answers.
const build = buildOf(version, `${__dirname}/engine.js`);

run(process.argv.slice(2), {
  process,
  engine: {
    version,
    build,
    rules,
    // The costly half is loaded when there is something to analyse.
    createAnalyzer: async (place) => (await import("./analyze.ts")).createAnalyzer(place),
  },
  startServer: async () => (await import("./lsp/start.ts")).startServer(undefined, { folder: cacheFolder(), build }),
}).then((code) => {
  // Never `process.exit`: the output has to drain first.
  if (code !== undefined) process.exitCode = code;
});
