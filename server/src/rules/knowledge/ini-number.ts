import type { Bouncer, PlacedEntry } from "../../core/ini.ts";
import type { Model } from "../../core/model.ts";
import { numberIn } from "./ini.ts";

/** The entries that set a number of [pgbouncer], with the number; entries that do not count are left out. */
export function* numbersOf(
  model: Model,
  name: string,
): Generator<{ readonly bouncer: Bouncer; readonly placed: PlacedEntry; readonly value: number }> {
  for (const bouncer of model.bouncers) {
    const placed = bouncer.settings.get(name);
    const value = placed && numberIn(bouncer, name);
    if (placed && value !== undefined) yield { bouncer, placed, value };
  }
}
