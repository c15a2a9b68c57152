import type { Rule } from "../core/rule.ts";
import type { Place } from "../core/text.ts";
import { parametersOf } from "./knowledge/ini.ts";

export const iniPasswordInFile: Rule = {
  name: "ini-password-in-file",
  summary: "A password stands in the file.",
  why: `A \`password\` in \`[databases]\` can be read by everybody who can read the file, its backups and its history. Keep it in \`auth_file\`, readable by PgBouncer alone, fetch it with
\`auth_user\` and \`auth_query\`, or fill it in when the file is deployed.

The rule does not see the file's permissions, and takes no look at the password.`,
  group: "pgbouncer.ini",
  severity: "information",
  fix: "none",
  dependsOn: [],
  *check(model) {
    const byFile = new Map<string, Place[]>();
    for (const { section, placed, parameter } of parametersOf(model)) {
      if (section !== "databases" || parameter.key !== "password") continue;
      const places = byFile.get(placed.path) ?? [];
      byFile.set(placed.path, [...places, { path: placed.path, span: parameter.keySpan }]);
    }
    for (const [first, ...more] of byFile.values())
      if (first)
        yield {
          place: first,
          message: "A password stands in this file.",
          related: more.map((place) => ({ place, message: "Another one." })),
        };
  },
};
