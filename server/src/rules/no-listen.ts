import type { Report, Rule } from "../core/rule.ts";
import { around, consequence, fateOf, severityOf, usesOf } from "./knowledge/session.ts";
import { because } from "./knowledge/verdict.ts";

export const noListen: Rule = {
  name: "no-listen",
  summary: "LISTEN goes through a pooler that shares server connections: notifications do not arrive.",
  why: `LISTEN registers the server connection. In transaction mode that connection goes back to the pooler at once: the notification arrives while
nobody, or somebody else, is connected to it, and is dropped without an error. The channel stays registered and piles up. Libraries built on LISTEN
(pg-listen, graphile-worker, pg-boss with \`useListenNotify\`) fall back to polling, or hear nothing.

Give the listener a connection of its own that goes past the pooler, or a \`[databases]\` entry with \`pool_mode=session\`. NOTIFY and
\`pg_notify\` work through any pooler.

The rule does not see LISTEN inside other libraries.`,
  group: "session",
  severity: "error",
  fix: "none",
  dependsOn: ["kind", "mode"],
  *check(model) {
    for (const { statement, deed, fate } of usesOf(model, "listen")) {
      const what = `\`LISTEN${deed.channel === undefined ? "" : ` ${deed.channel}`}\``;
      yield {
        place: statement.place,
        severity: severityOf(statement, fate, "error"),
        message: `${what} ${consequence(statement.profile, fate === "is lost" ? "leaks" : fate, silence)}.`,
        related: around(statement),
      };
    }
    for (const listening of model.listens) {
      const fate = listening.context === "test" ? undefined : fateOf(listening.profile);
      if (fate === undefined) continue;
      const report: Report = {
        place: listening.place,
        severity: severityOf(listening, fate, "error"),
        message:
          fate === "pins"
            ? `\`${listening.what}\` sends LISTEN, which ${consequence(listening.profile, fate, silence)}.`
            : `\`${listening.what}\` waits for notifications with LISTEN, which ${silence} ${because(listening.profile)}.`,
      };
      yield report;
    }
  },
};

const silence = "hears nothing here: its server connection goes to other clients as soon as the statement ends";
