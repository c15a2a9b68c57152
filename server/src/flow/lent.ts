import type { CallInstruction } from "../core/facts.ts";
import { Aliases } from "./aliases.ts";
import { handleOf, locate } from "./begin-sites.ts";
import type { DriverCall } from "./calls.ts";
import type { State } from "./path-state.ts";
import type { FunctionNode } from "./program.ts";
import { roleOf } from "./roles.ts";
import { observing, type VisitLog } from "./visits.ts";
import { walkFrom } from "./walk.ts";

const fresh: State = { life: "held", open: false, truths: new Map() };

/**
 * Follows the sessions that a library lends for the time of a callback (`db.task(t => …)`, `pool.on("connect", client => …)`) and single
 * connections, to tell which of their statements are in a transaction. Their leaks are the library's affair.
 */
export function followLent(each: FunctionNode, call: CallInstruction, one: DriverCall, log: VisitLog): void {
  const { result } = one;
  const start = locate(each, call);
  if (result !== undefined && start !== undefined && opensSession(one)) {
    walkFrom(each, start, new Aliases(result.site, each, { registers: [call.dst] }), fresh, observing(log), call);
    log.settle("whole");
  }
  const lends = one.effects.some(({ does }) => does === "runs in session" || does === "handles event");
  if (!lends) return;
  for (const callback of one.callbacks) {
    for (const { variable } of callback.facts.parameters) {
      const handle = handleOf(callback, variable);
      if (handle?.site.call !== call || roleOf(handle) !== "session") continue;
      const aliases = new Aliases(handle.site, callback, { variables: [variable] });
      walkFrom(callback, { block: 0, after: 0 }, aliases, fresh, observing(log));
      log.settle("whole");
    }
  }
}

const opensSession = ({ effects, result }: DriverCall): boolean =>
  effects.some(({ does }) => does === "opens") && result !== undefined && roleOf(result) === "session";
