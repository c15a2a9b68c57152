import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { lowerFile } from "../../../server/src/frontends/typescript/lower.ts";
import { serve } from "../../../server/src/lsp/server.ts";
import { Workspace } from "../../../server/src/workspace.ts";
import { createFakeAnalyzer } from "./fake-analyzer.ts";

/** The fake analyzer with the facts of the real front end, for actions that look at comments and statements. */
serve(createConnection(ProposedFeatures.all), {
  loadWorkspace: async () => (roots, settings) => new Workspace(roots, { settings }),
  loadAnalyzer: async () => createFakeAnalyzer(lowerFile),
  loadRules: async () => [],
});
