import type { Effect } from "../core/driver.ts";
import { type DriverSite, driverCallsOf, type FileNode } from "./program.ts";

/** What few calls of drivers do: most read and write rows. */
const rare = ["opens", "wraps", "ends", "handles event", "migrates", "prepares"] as const;

type Rare = (typeof rare)[number];

const isRare: ReadonlySet<Effect["does"]> = new Set(rare);

/** What of it is done in a file. The calls of a file are the same list as long as nothing in it is evaluated again. */
const done = new WeakMap<readonly DriverSite[], ReadonlySet<Effect["does"]>>();

/** The calls of drivers in a file that do one of these things, in their order. */
export function callsThat(file: FileNode, ...deeds: readonly Rare[]): readonly DriverSite[] {
  const all = driverCallsOf(file);
  let known = done.get(all);
  if (known === undefined) {
    const found = new Set(
      all.flatMap(({ one }) => one.effects.map(({ does }) => does).filter((does) => isRare.has(does))),
    );
    known = found.size > 0 ? found : nothing;
    done.set(all, known);
  }
  if (known === nothing || !deeds.some((deed) => known.has(deed))) return none;
  return all.filter(({ one }) => one.effects.some(({ does }) => (deeds as readonly string[]).includes(does)));
}

const none: readonly DriverSite[] = [];
const nothing: ReadonlySet<Effect["does"]> = new Set();
