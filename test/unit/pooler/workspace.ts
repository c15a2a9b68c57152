import { defaultSettings, type Settings } from "../../../server/src/core/settings.ts";
import type { Snapshot } from "../../../server/src/core/snapshot.ts";

/** A snapshot of a workspace at `/w`, from relative path → text. Sources end in `.ts`. */
export const workspace = (
  files: Readonly<Record<string, string>>,
  pooler: Settings["pooler"] = {},
  roots: readonly string[] = ["/w"],
): Snapshot => {
  const all = Object.entries(files).map(([path, text]) => [path.startsWith("/") ? path : `/w/${path}`, text] as const);
  return {
    version: 1,
    roots,
    sources: new Map(all.filter(([path]) => path.endsWith(".ts"))),
    configurations: new Map(all.filter(([path]) => !path.endsWith(".ts"))),
    settings: { ...defaultSettings, pooler },
    seen: all.length,
    exists: (path) => all.some(([each]) => each === path),
  };
};
