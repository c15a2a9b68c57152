import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "../../../server/src/lsp/server.ts";
import { createFakeAnalyzer } from "./fake-analyzer.ts";
import { SlowWorkspace } from "./slow-workspace.ts";

/** The language server with the analyzer of the tests. It says in its log when the analyzer is loaded. */
const connection = createConnection(ProposedFeatures.all);

serve(connection, {
  loadWorkspace: async () => (roots, settings) => new SlowWorkspace(roots, { settings }),
  loadAnalyzer: async () => {
    connection.console.info("the analyzer is loaded");
    return createFakeAnalyzer();
  },
  loadRules: async () => [
    {
      name: "no-mark",
      summary: "Marks are found.",
      why: "A mark stays on the server.\n\nIt does not see others.",
      dependsOn: ["mode"],
    },
  ],
});
