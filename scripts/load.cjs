// Becomes dist/load.js, which loads the big bundles beside it with the code that V8 compiled of them in an earlier run, where there is any: the
// engine starts in half the time, the first file is parsed after 90 ms instead of 280. The cache is the user's own folder; without it everything works,
// only slower.
"use strict";
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { homedir } = require("node:os");
const { basename, join } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

/** What tells one build of a bundle from another: V8 itself compares nothing but the length. Put in by the build. */
const hashes = JSON.parse(process.env.BOUNCER_SAFE_BUNDLES);

/** A shorter run that did not even need the parser compiled little: of no use to one that does more. In µs of processor time. */
const shortest = 300_000;

/** Ms after which a server has compiled what its next start needs. Later V8 throws away code that was not used for a while. */
const settled = 15_000;

const command = basename(require.main?.filename ?? "") === "cli.js" ? process.argv[2] : undefined;

/** A check is over before most of what V8 would optimise for it has paid for itself: three times as late costs a sixth less processor time. */
const endsSoon = command !== undefined && command !== "lsp";
// Node 22 has no such flag, and says so on the standard error.
if (endsSoon && process.version.startsWith("v20.")) setFlagsFromString("--interrupt-budget=400000");

// Node 24 takes no such words while it runs.
const takesFlags = /^v2[02]\./.test(process.version);
// PostgreSQL's parser, compiled a second time for speed, is 30 to 60 MB that a check does not need.
if (takesFlags && endsSoon) setFlagsFromString("--liftoff-only");
// Threads that help to collect young objects wait for each other more than they help where there are two processors: 5 to 8 % of a check.
if (takesFlags && endsSoon) setFlagsFromString("--no-parallel-scavenge");

/** V8 takes no code that was compiled under other flags. */
const kind = `${process.arch}${takesFlags && endsSoon ? "-check" : ""}`;

let parses = false;

/** Compiled code of other builds is thrown away after as many ms. */
const maximumAge = 30 * 24 * 3_600_000;

const modules = new Map();

/** The exports of a bundle in this folder. */
exports.load = (name) => {
  if (!modules.has(name)) modules.set(name, run(name));
  return modules.get(name);
};

function run(name) {
  const filename = join(__dirname, name);
  const cache = join(cacheFolder(), `${name}-${hashes[name]}-v8-${process.versions.v8}-${kind}.bin`);
  const cachedData = read(cache);
  // The build writes nothing but ASCII, which is read fastest as what it is.
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, "latin1")}\n})`;
  const script = new Script(source, { filename, cachedData });
  const module = { exports: {} };
  parses ||= name === "typescript.js";
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, __dirname);
  if (!cachedData || script.cachedDataRejected) keepLater(name, cache, script);
  return module.exports;
}

/** After a while, or at the end, the functions that were needed are compiled, and go into the cache too. */
function keepLater(name, cache, script) {
  let isKept = false;
  const keep = (code) => {
    const { user, system } = process.cpuUsage();
    // What other commands compile of the command line's own bundle is of little use to a check.
    const isWorth = name === "start.js" ? command === "check" && code !== 2 : parses || user + system >= shortest;
    if (isWorth && !isKept) write(cache, script);
    isKept ||= isWorth;
  };
  if (!endsSoon) setTimeout(keep, settled).unref();
  process.once("exit", keep);
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function write(path, script) {
  try {
    const folder = cacheFolder();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const part = `${path}.${process.pid}`;
    writeFileSync(part, script.createCachedData(), { mode: 0o600 });
    renameSync(part, path);
    const oldest = Date.now() - maximumAge;
    for (const one of readdirSync(folder).filter((file) => /\.bin(?:\.\d+)?$/.test(file)))
      if (statSync(join(folder, one)).mtimeMs < oldest) rmSync(join(folder, one), { force: true });
  } catch {
    // A home that cannot be written to only costs time.
  }
}

function cacheFolder() {
  const { BOUNCER_SAFE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (BOUNCER_SAFE_CACHE) return BOUNCER_SAFE_CACHE;
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "bouncer-safe");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "bouncer-safe");
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "bouncer-safe");
}
