// Stands in for ts-morph in the bundles: reads dist/typescript.js when the compiler is first used, with the code that V8 compiled last time where
// there is any (first file after 90 ms instead of 280). The cache is the user's own folder; without it everything works, only slower.
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { Script } = require("node:vm");
const { cacheFolder, keep } = require("../server/src/cli/user-cache.ts");

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
  if (!cachedData || script.cachedDataRejected) process.once("exit", () => keep(cache, script.createCachedData()));
  return module.exports;
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
