// Stands in for the engine in the bundle that the command line starts with: reads dist/engine.js when there is something to analyse or to serve.
"use strict";

const engine = () => require("./load.js").load("engine.js");

exports.createAnalyzer = async (place) => (await engine().analyzer()).createAnalyzer(place);
exports.startServer = async (streams, kept) => (await engine().service()).startServer(streams, kept);
