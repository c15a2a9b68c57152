import type { Rule } from "../core/rule.ts";
import { dotted, isAtLeast } from "../core/version.ts";
import { headerOf, poolsOf, whereUsed } from "./knowledge/ini.ts";

export const iniSigtermWaits: Rule = {
  name: "ini-sigterm-waits",
  summary: "Stopping the container waits for pooled clients, which never leave.",
  why: `From 1.23 on, SIGTERM makes PgBouncer wait until every client has disconnected. Pools of applications keep theirs, so a container that is stopped waits out its grace period and
is killed, with the transactions that run then. Give it a signal that does not wait so long (\`stop_signal: SIGINT\` waits for transactions alone), or stop the applications first.

The rule fires only where code in the workspace goes through this PgBouncer and a compose file or a Dockerfile says its version. It does not see
systemd units and Kubernetes.`,
  group: "pgbouncer.ini",
  severity: "information",
  fix: "none",
  dependsOn: ["version"],
  *check(model) {
    for (const bouncer of model.bouncers) {
      const { version } = bouncer;
      if (!version?.place || !isAtLeast(version.value, [1, 23]) || poolsOf(bouncer).length === 0) continue;
      if (!/compose|dockerfile/i.test(version.place.path.split("/").at(-1) ?? "")) continue;
      if (/stop_signal|stop_grace_period|STOPSIGNAL/.test(model.text(version.place.path))) continue;
      yield {
        place: headerOf(bouncer),
        severity: whereUsed(bouncer, "information"),
        message: `PgBouncer ${dotted(version.value)} waits on SIGTERM until every client has left; pooled clients do not leave (${version.words}).`,
        related: [{ place: version.place, message: "A `stop_signal` or `stop_grace_period` goes here." }],
      };
    }
  },
};
