import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { fileUri, finding, open, ruleOf } from "./document.ts";
import type { Workbench } from "./workbench.ts";

export function findings(window: () => Workbench): void {
  describe("a finding", () => {
    it("is underlined where it stands", async () => {
      await open("src/orders.ts");
      await finding("src/orders.ts", "no-release-in-transaction");
      await window().see(".squiggly-error");
      await window().screenshot("squiggle");
    });

    it("is a row of the Problems panel, also in a file that is not open", async () => {
      assert.equal(
        vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith("/reports.ts")),
        false,
      );
      await finding("src/reports.ts", "no-double-pool");
      await vscode.commands.executeCommand("workbench.actions.view.problems");
      await window().see(".markers-panel .monaco-list-row", "orders.ts");
      await window().see(".markers-panel .monaco-list-row", "gives the connection back while the transaction");
      await window().screenshot("problems");
      await vscode.commands.executeCommand("workbench.action.closePanel");
    });

    it("says under the mouse what happens, and names its rule", async () => {
      const editor = await open("src/orders.ts");
      const { range, message } = await finding("src/orders.ts", "no-release-in-transaction");
      editor.selection = new vscode.Selection(range.start, range.start);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await vscode.commands.executeCommand("editor.action.showHover");
      const hover = await window().see(".monaco-hover", "no-release-in-transaction");
      const text = (await hover.textContent())?.replaceAll("\u00a0", " ") ?? "";
      // The hover draws code spans of its own: the words before the first back quote are enough.
      assert.ok(text.includes(message.slice(0, 40)), text);
      await window().screenshot("hover");
      await window().press("Escape");
    });

    it("leads to the places that belong to it and to its rule's page", async () => {
      const diagnostic = await finding("src/orders.ts", "no-release-in-transaction");
      assert.ok(
        diagnostic.relatedInformation?.some(
          ({ location }) => location.uri.toString() === fileUri("src/orders.ts").toString(),
        ),
      );
      assert.ok(
        typeof diagnostic.code === "object" && diagnostic.code.target.path.endsWith("/no-release-in-transaction.md"),
      );
      assert.equal(ruleOf(diagnostic), "no-release-in-transaction");
    });
  });
}
