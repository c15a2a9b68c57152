import { type FunctionNode, inOrder } from "./program.ts";

/** How far calls are followed. */
const maximumDepth = 5;

/**
 * Whether a call of a function may end a transaction: it, or what it calls, commits, rolls back or closes. Python's objects share
 * one session, which each of them has from somewhere: that it is the same one is not in sight.
 */
export function mayEnd(targets: readonly FunctionNode[]): boolean {
  const seen = new Set<FunctionNode>();
  let level = inOrder(targets);
  for (let depth = 0; depth < maximumDepth && level.length > 0; depth++) {
    const next: FunctionNode[] = [];
    for (const each of level) {
      if (seen.has(each)) continue;
      seen.add(each);
      for (const resolved of each.calls.values()) {
        const ends = resolved.driver.some(({ effects }) =>
          effects.some(
            ({ does }) => does === "commits" || does === "rolls back" || does === "releases" || does === "ends",
          ),
        );
        if (ends) return true;
        next.push(...resolved.targets);
      }
    }
    level = next;
  }
  return false;
}
