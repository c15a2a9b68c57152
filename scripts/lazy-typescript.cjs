// Stands in for ts-morph in the bundles: reads dist/typescript.js when the compiler is first used.
"use strict";

let loaded;
Object.defineProperty(exports, "ts", {
  enumerable: true,
  get() {
    // A copy, because the exports of a bundle are functions that look up, and these are asked for with every node.
    loaded ??= { ...require("./load.js").load("typescript.js") };
    return loaded;
  },
});
