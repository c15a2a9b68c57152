import { buildOf } from "./cli/cache.ts";
import { cacheFolder } from "./cli/user-cache.ts";
import { startServer } from "./lsp/start.ts";

const version = process.env.BOUNCER_SAFE_VERSION ?? "0.0.0";

startServer(undefined, { folder: cacheFolder(), build: buildOf(version, `${__dirname}/engine.js`) });
