import { replace } from "../core/edit.ts";
import type { Model } from "../core/model.ts";
import type { Report, Rule } from "../core/rule.ts";
import type { Place } from "../core/text.ts";
import { parametersOf, placeOfValue, settingsOf } from "./knowledge/ini.ts";

export const iniStatementMode: Rule = {
  name: "ini-statement-mode",
  summary: "Statement pooling refuses transactions.",
  why: `In statement pooling a server connection goes back to the pool after each statement, so PgBouncer refuses a transaction of several statements and
disconnects its client. ORMs open transactions of their own, for a \`save\` or a \`flush\`. Transaction pooling shares connections nearly as well.

The rule does not see whether every client keeps to single statements.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["mode"],
  *check(model) {
    for (const { placed } of settingsOf(model))
      if (placed.entry.key === "pool_mode" && isStatement(placed.entry.value))
        yield report(model, placeOfValue(placed));
    for (const { placed, parameter } of parametersOf(model))
      if (parameter.key === "pool_mode" && isStatement(parameter.value))
        yield report(model, { path: placed.path, span: parameter.valueSpan });
  },
};

const isStatement = (value: string): boolean => value.toLowerCase() === "statement";

const report = (model: Model, place: Place): Report => ({
  place,
  message: "Statement pooling refuses transactions: PgBouncer disconnects a client that sends `BEGIN`.",
  fixes: [
    {
      title: "Change to `transaction`",
      safety: "suggestion",
      edits: [replace({ path: place.path, text: model.text(place.path) }, place.span, "transaction")],
    },
  ],
});
