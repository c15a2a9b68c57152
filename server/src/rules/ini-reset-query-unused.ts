import type { Rule } from "../core/rule.ts";
import { settingNamed } from "../pgbouncer/index.ts";
import { modesOf, numberIn, placeOfEntry, sharingMode } from "./knowledge/ini.ts";

export const iniResetQueryUnused: Rule = {
  name: "ini-reset-query-unused",
  summary: "A reset query is set that this pool mode never runs.",
  why: `\`server_reset_query\` runs when a session ends, in session pooling alone. In transaction and statement pooling it does nothing, so what a client sets on
its connection (\`SET\`, temporary tables, advisory locks) stays for the next one, whatever stands here. \`server_reset_query_always = 1\` runs it after
each transaction; that is a work-around for applications that cannot be mended.

Where it is only the default written out, the rule hints. It does not see modes that are decided outside the file.`,
  group: "pgbouncer.ini",
  severity: "information",
  fix: "none",
  dependsOn: ["mode"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const placed = bouncer.settings.get("server_reset_query");
      const modes = modesOf(bouncer);
      if (!placed || placed.entry.value === "" || !modes || modes.has("session")) continue;
      if (numberIn(bouncer, "server_reset_query_always") !== 0) continue;
      const isDefault =
        placed.entry.value.toUpperCase() === settingNamed("pgbouncer", "server_reset_query")?.defaults[0]?.value;
      yield {
        place: placeOfEntry(placed),
        severity: isDefault ? "hint" : "information",
        message: `\`server_reset_query\` does not run in ${sharingMode(bouncer)} pooling.`,
      };
    }
  },
};
