import type { FactsPlace } from "../cache/facts-cache.ts";
import type { Engine } from "./engine.ts";

/** The engine as it ships. `kept`: where facts of files are left to the next start; without it, nowhere. */
export const engineWith = (kept: Omit<FactsPlace, "roots"> | undefined): Engine => ({
  loadWorkspace: async () => {
    const { Workspace } = await import("../workspace.ts");
    return (roots, settings) => new Workspace(roots, { settings });
  },
  loadAnalyzer: async (roots) => (await import("../analyze.ts")).createAnalyzer(kept && { ...kept, roots }),
  loadRules: async () => (await import("../rules/index.ts")).rules,
});
