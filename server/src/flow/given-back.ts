import type { CallInstruction } from "../core/facts.ts";
import type { Transaction } from "../core/model.ts";
import { written } from "./aliases.ts";
import type { DriverCall } from "./calls.ts";
import type { FunctionNode } from "./program.ts";
import type { Part } from "./regions.ts";
import { slotTexts } from "./text.ts";
import type { Site } from "./values.ts";

/**
 * Where the code that a helper was handed gives back the session that the helper's transaction is on, callbacks of the library included. A
 * callback that also ends the transaction knows what it does, and so does one that closes the connection.
 */
export function givenBack(entries: readonly Part[], sites: ReadonlySet<Site>): Transaction["releases"] {
  const releases: Transaction["releases"][number][] = [];
  for (const { each, calls } of entries) {
    for (const inner of [each, ...written(each)]) {
      for (const [call, { driver }] of inner.calls) {
        if (inner === each && calls !== undefined && !calls.has(call)) continue;
        const own = driver.filter(({ receiver }) => receiver !== undefined && sites.has(receiver.site));
        if (own.some((one) => endsIt(inner, call, one))) return [];
        if (own.some((one) => gives(call, one)))
          releases.push({ place: { path: inner.file.path, span: call.span }, call, steps: [] });
      }
    }
  }
  return releases;
}

/** Whether a call ends the transaction on one of these sessions. */
export const endsAny = (each: FunctionNode, call: CallInstruction, sites: ReadonlySet<Site>): boolean =>
  each.calls
    .get(call)
    ?.driver.some((one) => one.receiver !== undefined && sites.has(one.receiver.site) && endsIt(each, call, one)) ??
  false;

const gives = (call: CallInstruction, { effects }: DriverCall): boolean =>
  effects.some(
    (effect) =>
      effect.does === "releases" &&
      effect.destroys !== "always" &&
      (effect.destroys === undefined || call.arguments[effect.destroys] === undefined),
  );

function endsIt(each: FunctionNode, call: CallInstruction, { effects }: DriverCall): boolean {
  return effects.some((effect) => {
    if (effect.does === "commits" || effect.does === "rolls back" || effect.does === "ends") return true;
    if (effect.does !== "runs" || effect.sql === undefined) return false;
    return slotTexts(each, call, effect.sql).some((pieces) =>
      /\b(?:commit|rollback|end|abort)\b/i.test(pieces.join(" ")),
    );
  });
}
