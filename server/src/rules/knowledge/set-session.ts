import type { CallInstruction } from "../../core/facts.ts";
import type { Model } from "../../core/model.ts";
import type { Profile } from "../../core/profile.ts";
import type { Place } from "../../core/text.ts";
import { constantOf, keywordArgument } from "./arguments.ts";

/** psycopg2's `set_session()` on a connection in autocommit: it sends SET SESSION CHARACTERISTICS, which stays. */
export interface SessionCharacteristics {
  readonly place: Place;
  readonly profile: Profile;
  /** `readonly`, `isolation_level`. */
  readonly names: readonly string[];
}

const lasting = ["readonly", "isolation_level", "deferrable"];

/** Without autocommit each setting goes into BEGIN, and nothing stays behind. */
export function* sessionCharacteristics(model: Model): Generator<SessionCharacteristics> {
  const seen = new Set<CallInstruction>();
  for (const { driver, place, profile, function: owner, context } of [...model.pools, ...model.checkouts]) {
    if (driver.name !== "psycopg2" || context === "test") continue;
    const calls = model.functionAt(place.path, owner).blocks.flatMap(({ instructions }) => instructions);
    for (const call of calls) {
      if (call.op !== "call" || call.property !== "set_session" || seen.has(call)) continue;
      seen.add(call);
      const isOn = (name: string): boolean => {
        const argument = keywordArgument(call, name);
        const value = argument && constantOf(model, place, owner, argument);
        return argument !== undefined && (value === undefined || (value.value !== null && value.value !== false));
      };
      const names = lasting.filter(isOn);
      const autocommit = keywordArgument(call, "autocommit");
      const isCertain = autocommit && constantOf(model, place, owner, autocommit)?.value === true;
      if (isCertain && names.length > 0) yield { place: { path: place.path, span: call.span }, profile, names };
    }
  }
}
