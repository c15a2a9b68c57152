import { Workspace } from "../workspace.ts";
import type { Engine } from "./engine.ts";

/** The engine as it ships. */
export const engine: Engine = {
  openWorkspace: (roots, settings) => new Workspace(roots, { settings }),
  loadAnalyzer: async () => (await import("../analyze.ts")).createAnalyzer(),
  loadRules: async () => (await import("../rules/index.ts")).rules,
};
