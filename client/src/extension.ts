import { commands, type ExtensionContext, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { rescanCommand } from "../../server/src/lsp/protocol.ts";
import { choosePooler } from "./choose-pooler.ts";
import { ProfilePage } from "./profile-page.ts";
import { openRule } from "./rule-pages.ts";
import { createClient } from "./server.ts";
import { ProfileStatus } from "./status.ts";

let client: LanguageClient | undefined;

/**
 * Runs when a workspace can hold what the server reads: it has a JavaScript project or a PgBouncer configuration, or such a document was
 * opened (`activationEvents` in package.json). Elsewhere nothing of the extension is loaded. The server then decides by a search
 * through the files whether there is database code, and loads no compiler where there is none.
 */
export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("bouncer-safe", { log: true });
  const started = createClient(context, log, (rule) => openRule(context, rule));
  client = started;
  const page = new ProfilePage(started);
  context.subscriptions.push(
    log,
    page,
    new ProfileStatus(started),
    commands.registerCommand("bouncer-safe.restart", () => started.restart()),
    commands.registerCommand("bouncer-safe.showOutput", () => log.show()),
    commands.registerCommand("bouncer-safe.showProfile", () => page.show()),
    commands.registerCommand("bouncer-safe.choosePooler", () => choosePooler(started)),
    commands.registerCommand("bouncer-safe.openRule", (rule?: unknown) => openRule(context, rule)),
    commands.registerCommand("bouncer-safe.checkWorkspace", async () => {
      await started.sendRequest("workspace/executeCommand", { command: rescanCommand });
      await commands.executeCommand("workbench.actions.view.problems");
    }),
  );
  await started.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
