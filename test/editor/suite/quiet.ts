import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { open, until } from "./document.ts";
import { Workbench } from "./workbench.ts";

/** A workspace without database code: the extension stays out of the way. */
export function defineQuiet(): void {
  describe("a workspace without database code", () => {
    const extension = () => vscode.extensions.getExtension("bouncer-safe.bouncer-safe")!;

    it("does not start the extension while nothing that it reads is there", async () => {
      await open("README.md");
      // The built-in extension for Markdown answers: what starts with the window has started.
      await vscode.commands.executeCommand(
        "vscode.executeDocumentSymbolProvider",
        vscode.window.activeTextEditor!.document.uri,
      );
      assert.equal(extension().isActive, false);
    });

    it("has no findings and no status item when a TypeScript file is opened", async () => {
      await open("src/site.ts");
      await until(
        () => extension().isActive,
        () => "the extension never started",
      );
      // Answered by the server when it knows the workspace.
      await vscode.commands.executeCommand("bouncer-safe.checkWorkspace");
      const workbench = await Workbench.connect();
      const { uri } = vscode.window.activeTextEditor!.document;
      await vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, new vscode.Range(0, 0, 3, 0));
      assert.deepEqual(
        vscode.languages
          .getDiagnostics()
          .flatMap(([, found]) => found.filter(({ source }) => source === "bouncer-safe")),
        [],
      );
      await workbench.screenshot("quiet");
      const status = await workbench.page.locator('[id="status.languageStatus"] a').getAttribute("aria-label");
      assert.doesNotMatch(status ?? "", /PgBouncer|bouncer-safe/);
      await workbench.disconnect();
    });
  });
}
