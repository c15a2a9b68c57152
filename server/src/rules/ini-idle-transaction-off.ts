import type { Rule } from "../core/rule.ts";
import { addSetting, headerOf, numberIn, placeOfEntry, setValue, sharesServersIn, whereUsed } from "./knowledge/ini.ts";

export const iniIdleTransactionOff: Rule = {
  name: "ini-idle-transaction-off",
  summary: "A forgotten transaction holds a server connection for ever.",
  why: `A client that opens a transaction and does nothing more holds a server connection, and the locks it took, until it disconnects. A few of them empty the pool.
\`idle_transaction_timeout\` disconnects such a client; 60 seconds is above what code that thinks between two statements needs.

The rule does not see \`idle_in_transaction_session_timeout\` of the server or of a role, which does the same.`,
  group: "pgbouncer.ini",
  severity: "information",
  fix: "suggestion",
  dependsOn: ["mode"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      if (numberIn(bouncer, "idle_transaction_timeout") !== 0 || !sharesServersIn(bouncer)) continue;
      const placed = bouncer.settings.get("idle_transaction_timeout");
      yield {
        place: placed ? placeOfEntry(placed) : headerOf(bouncer),
        severity: whereUsed(bouncer, "information"),
        message: `\`idle_transaction_timeout\` is ${placed ? "0" : "not set"}: a transaction that is never ended holds its server connection for ever.`,
        fixes: [
          {
            title: placed ? "Change to 60" : "Add `idle_transaction_timeout = 60`",
            safety: "suggestion",
            edits: placed
              ? setValue(model, placed, "60")
              : addSetting(model, bouncer, "idle_transaction_timeout", "60"),
          },
        ],
      };
    }
  },
};
