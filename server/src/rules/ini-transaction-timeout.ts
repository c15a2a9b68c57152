import type { Rule } from "../core/rule.ts";
import { placeOfEntry } from "./knowledge/ini.ts";
import { numbersOf } from "./knowledge/ini-number.ts";

/** Seconds: what takes longer is no ordinary request any more. */
const short = 60;

export const iniTransactionTimeout: Rule = {
  name: "ini-transaction-timeout",
  summary: "Transactions are cut off after less than a minute.",
  why: `\`transaction_timeout\` (from 1.25 on) disconnects a client in the middle of a transaction that takes longer, working or not: migrations, reports and batch jobs
among them. Set it above the longest of them, or set it for single users in \`[users]\`.

The rule does not see how long transactions take.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const { placed, value } of numbersOf(model, "transaction_timeout"))
      if (value > 0 && value < short)
        yield {
          place: placeOfEntry(placed),
          message: `Every transaction that takes longer than ${value} s loses its connection, working or not.`,
        };
  },
};
