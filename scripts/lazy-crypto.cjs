// Stands in for node:crypto in the command line's own bundle: the module takes 5 ms to load, and only a baseline needs it.
"use strict";

Object.defineProperty(exports, "createHash", { enumerable: true, get: () => require("node:crypto").createHash });
