import type { Fix, Rule } from "../core/rule.ts";
import { addSetting, headerOf, isUnset, modesOf, whereUsed } from "./knowledge/ini.ts";

export const iniPoolModeImplicit: Rule = {
  name: "ini-pool-mode-implicit",
  summary: "Without `pool_mode` each client keeps a server connection to itself.",
  why: `Without \`pool_mode\` PgBouncer pools by session: a server connection belongs to a client until that client disconnects. Behind an application whose
own pool keeps its connections, nothing is shared. Whether that is meant cannot be seen; say it.

The rule does not see a mode that a container's start script writes into the file.`,
  group: "pgbouncer.ini",
  severity: "information",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      // Every database may have a mode of its own.
      const modes = isUnset(bouncer, "pool_mode") ? modesOf(bouncer) : undefined;
      if (!modes?.has("session")) continue;
      const fix = (mode: string): Fix => ({
        title: `Add \`pool_mode = ${mode}\``,
        safety: "suggestion",
        edits: addSetting(model, bouncer, "pool_mode", mode),
      });
      yield {
        place: headerOf(bouncer),
        severity: whereUsed(bouncer, "information"),
        message: "`pool_mode` is not set: PgBouncer pools by session, one server connection for each client.",
        fixes: [fix("transaction"), fix("session")],
      };
    }
  },
};
