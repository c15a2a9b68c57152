import type { FloatingUse } from "../core/model.ts";
import { nameOf } from "./call-name.ts";
import { unresolved } from "./calls.ts";
import { fateOf } from "./inside-uses.ts";
import { nodeOf } from "./program.ts";
import type { Region } from "./regions.ts";

/** The transaction's own call, where nobody waits for it. */
export function unawaited(region: Region): FloatingUse | undefined {
  const { transaction } = region;
  const [entry] = region.entries;
  const each = nodeOf(entry?.each.file, transaction.function);
  if (each === undefined || !each.calls.has(transaction.call) || each.file.path !== transaction.place.path)
    return undefined;
  const { call, form } = transaction;
  const fate = fateOf(each, call);
  if (fate.use !== "dropped" || fate.caught || fate.continued) return undefined;
  if (call.arguments.length > 1 && form === "sql") return undefined;
  // A script ends when it has nothing left to do.
  if (each.facts.kind === "module" || (form !== "callback" && !each.facts.async)) return undefined;
  const resolved = each.calls.get(call) ?? unresolved;
  // A helper of the project that is not async has waited for its callback in other ways.
  if (resolved.targets.some((target) => !target.facts.async)) return undefined;
  return {
    place: transaction.place,
    call,
    function: transaction.function,
    what: nameOf(each, call),
    does: form === "callback" ? "transaction" : "begin",
    how: "call",
    ...(transaction.driver.language === "python" ? { lazy: "await" } : {}),
    uses: [],
    chain: [],
  };
}
