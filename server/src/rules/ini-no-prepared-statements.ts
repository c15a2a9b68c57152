import type { Bouncer } from "../core/ini.ts";
import type { Model } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { dotted, isAtLeast } from "../core/version.ts";
import {
  addSetting,
  headerOf,
  isUnset,
  numberIn,
  placeOfEntry,
  poolsOf,
  setValue,
  sharesServersIn,
  sharingMode,
} from "./knowledge/ini.ts";

export const iniNoPreparedStatements: Rule = {
  name: "ini-no-prepared-statements",
  summary: "Prepared statements fail: `max_prepared_statements` is 0, or the version has none.",
  why: `Where server connections are shared, a prepared statement is missing on the next connection: \`prepared statement "…" does not exist\`. From 1.21 on
PgBouncer prepares them again where they are needed, if \`max_prepared_statements\` is above 0. It is 0 by default up to 1.23, and 200 from 1.24.
Before 1.21 the drivers have to do without.

Without code in sight that goes through this PgBouncer the rule only informs. It does not see which drivers prepare statements;
\`no-named-prepared-statement\` does.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["mode", "version", "maxPreparedStatements"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      if (!sharesServersIn(bouncer)) continue;
      const placed = bouncer.settings.get("max_prepared_statements");
      if (placed && numberIn(bouncer, "max_prepared_statements") === 0) {
        yield {
          ...finding(bouncer, `\`max_prepared_statements\` is 0`),
          place: placeOfEntry(placed),
          fixes: [fix("Change to 200", setValue(model, placed, "200"))],
        };
      } else if (isUnset(bouncer, "max_prepared_statements")) yield* absent(model, bouncer);
    }
  },
};

function* absent(model: Model, bouncer: Bouncer): Generator<Report> {
  const { version } = bouncer;
  if (!version || isAtLeast(version.value, [1, 24])) return;
  const own = `PgBouncer ${dotted(version.value)}`;
  const canKeep = isAtLeast(version.value, [1, 21]);
  yield {
    ...finding(
      bouncer,
      canKeep ? `\`max_prepared_statements\` is 0 by default in ${own}` : `${own} has no \`max_prepared_statements\``,
      version.words,
    ),
    place: headerOf(bouncer),
    fixes: canKeep
      ? [fix("Add `max_prepared_statements = 200`", addSetting(model, bouncer, "max_prepared_statements", "200"))]
      : [],
  };
}

const finding = (bouncer: Bouncer, why: string, words?: string): Pick<Report, "message" | "severity"> => ({
  severity: poolsOf(bouncer).length > 0 ? "warning" : "information",
  message: `Prepared statements fail in ${sharingMode(bouncer)} pooling: ${why}${words ? ` (${words})` : ""}.`,
});

const fix = (title: string, edits: Fix["edits"]): Fix => ({ title, safety: "suggestion", edits });
