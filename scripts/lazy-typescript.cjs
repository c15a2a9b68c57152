// Stands in for ts-morph in the bundles: reads dist/typescript.js when the compiler is first asked for anything.
"use strict";

// Looked up with every node: what is there is found without the detour, since it is the object's own. (The exports of a bundle are functions that look up.)
exports.ts = Object.create(
  new Proxy(
    {},
    {
      get(_, name) {
        const loaded = require("./load.js").load("typescript.js");
        for (const one of Object.keys(loaded))
          Object.defineProperty(exports.ts, one, {
            value: loaded[one],
            configurable: true,
            enumerable: true,
            writable: true,
          });
        return loaded[name];
      },
    },
  ),
);
