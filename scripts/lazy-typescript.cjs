// Stands in for ts-morph in the bundles: reads dist/typescript.js when the compiler is first used, with the code that V8 compiled last time where
// there is any (first file after 90 ms instead of 280). The cache is the user's own folder; without it everything works, only slower.
"use strict";
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { homedir } = require("node:os");
const { join } = require("node:path");
const { Script } = require("node:vm");

let loaded;
Object.defineProperty(exports, "ts", {
  enumerable: true,
  get() {
    loaded ??= load();
    return loaded;
  },
});

function load() {
  const filename = join(__dirname, "typescript.js");
  const source = readFileSync(filename, "utf8");
  const cache = join(cacheFolder(), `typescript-${source.length}-v8-${process.versions.v8}-${process.arch}.bin`);
  const cachedData = read(cache);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename,
    cachedData,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, __dirname);
  // At the end the functions that were needed are compiled, and go into the cache too.
  if (!cachedData || script.cachedDataRejected) process.once("exit", () => write(cache, script));
  return module.exports;
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
    mkdirSync(cacheFolder(), { recursive: true, mode: 0o700 });
    const part = `${path}.${process.pid}`;
    writeFileSync(part, script.createCachedData(), { mode: 0o600 });
    renameSync(part, path);
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
