import type { Engine } from "./engine.ts";

/** The engine as it ships. */
export const engine: Engine = {
  loadWorkspace: async () => {
    const { Workspace } = await import("../workspace.ts");
    return (roots, settings) => new Workspace(roots, { settings });
  },
  loadAnalyzer: async () => (await import("../analyze.ts")).createAnalyzer(),
  loadRules: async () => (await import("../rules/index.ts")).rules,
};
