import type { Snapshot } from "../core/snapshot.ts";

type Configurations = Snapshot["configurations"];

/** Files that speak of poolers and of nothing else: neither where imports lead nor what values are depends on them. */
const speaksOfPoolers = (path: string): boolean => /\.ini$|\/\.env(?:\.[^/]*)?$/.test(path);

/** True where what is different between two sets of configuration files says something of poolers alone. */
export function differInPoolersAlone(before: Configurations, after: Configurations): boolean {
  for (const [path, text] of after) if (before.get(path) !== text && !speaksOfPoolers(path)) return false;
  for (const path of before.keys()) if (!after.has(path) && !speaksOfPoolers(path)) return false;
  return true;
}
