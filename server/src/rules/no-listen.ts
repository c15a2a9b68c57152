import type { Pool } from "../core/model.ts";
import type { Report, Rule } from "../core/rule.ts";
import { andMore, around, byCall, consequence, fateOf, severityOf, usesOf } from "./knowledge/session.ts";
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
    for (const uses of byCall(usesOf(model, "listen"))) {
      const [{ statement, deed, fate }] = uses;
      const what = andMore(`\`LISTEN${deed.channel === undefined ? "" : ` ${deed.channel}`}\``, uses.length);
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
    for (const pool of model.pools) yield* listening(pool);
  },
};

/** An option that makes the library wait for notifications. */
function* listening(pool: Pool): Generator<Report> {
  const { profile, options, driver, context, postgres } = pool;
  const fate = context === "test" || postgres !== "yes" ? undefined : fateOf(profile);
  if (fate === undefined) return;
  for (const { means, value, path, place, conditional } of options.entries) {
    if (means !== "listens" || conditional || value.kind !== "constant" || value.value !== true) continue;
    yield {
      place,
      severity: severityOf(pool, fate, "error"),
      message: `\`${path}\` makes ${driver.label} send LISTEN, which ${fate === "pins" ? consequence(profile, fate, silence) : `${silence} ${because(profile)}`}.`,
    };
  }
}

const silence = "hears nothing here: its server connection goes to other clients as soon as the statement ends";
