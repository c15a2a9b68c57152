import type { CallInstruction } from "../core/facts.ts";
import type { Pool, PoolOptions, Tristate } from "../core/model.ts";
import type { DriverCall } from "./calls.ts";
import type { FunctionNode } from "./program.ts";
import { definition } from "./text.ts";
import type { HandleValue, Site } from "./values.ts";

/** What happens to each pool anywhere: listeners and ends. */
export class Events {
  private readonly handled = new Set<Site>();
  private readonly ended = new Set<Site>();

  note(each: FunctionNode, call: CallInstruction, one: DriverCall): void {
    const site = one.receiver?.site;
    if (site === undefined) return;
    for (const effect of one.effects) {
      if (effect.does === "ends") this.ended.add(site);
      if (effect.does === "handles event" && (effect.event ?? eventName(each, call)) !== "connect")
        this.handled.add(site);
    }
  }

  handlesError(site: Site): boolean {
    return this.handled.has(site);
  }

  ends(site: Site): boolean {
    return this.ended.has(site);
  }
}

/** `error`, `connect`; an unknown name counts as `error`. */
function eventName(each: FunctionNode, call: CallInstruction): string {
  const first = call.arguments[0];
  const source = first === undefined ? undefined : definition(each, first.value);
  if (source?.op !== "literal" || typeof source.value !== "string") return "error";
  return source.value === "error" ? "error" : "connect";
}

/**
 * Whether somebody listens for `error`. A single connection that is handed out is its receiver's to listen to, and the receiver need not
 * be in sight.
 */
export function errorHandler(
  handle: HandleValue,
  options: PoolOptions,
  events: Events,
  escaped: ReadonlySet<Site>,
  inner: Pool | undefined,
  reach: "kept" | "handed out",
): Tristate {
  if (events.handlesError(handle.site) || options.entries.some((entry) => entry.means === "error hook")) return "yes";
  if (inner !== undefined) return inner.errorHandler;
  return reach === "handed out" || escaped.has(handle.site) ? "unknown" : "no";
}
