import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { actionsFor, apply, fileUri, finding, noFinding, open, replace, until } from "./document.ts";
import type { Workbench } from "./workbench.ts";

/** One finding of each family of rules, with the fix that is applied through the API and what it writes. */
const families = [
  {
    family: "pools",
    path: "src/reports.ts",
    rule: "no-double-pool",
    title: /NullPool|idle/i,
    writes: /idleTimeoutMillis|reapIntervalMillis/,
  },
  {
    family: "application names",
    path: "src/names.ts",
    rule: "require-application-name",
    title: /application_name/,
    writes: /application_name/,
  },
  {
    family: "transactions",
    path: "src/orders.ts",
    rule: "no-release-in-transaction",
    title: /Roll back/,
    writes: /ROLLBACK/,
  },
];

export function fixes(window: () => Workbench): void {
  describe("a quick fix", () => {
    it("is chosen from the light bulb and applied", async () => {
      const path = "src/db.ts";
      const editor = await open(path);
      const { range } = await finding(path, "require-pool-error-handler");
      editor.selection = new vscode.Selection(range.start, range.start);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await vscode.commands.executeCommand("editor.action.quickFix");
      const row = await window().see(".action-widget .monaco-list-row", "listener");
      await window().screenshot("quick-fix");
      await row.click();
      await until(
        () => editor.document.getText().includes('pool.on("error"'),
        () => editor.document.getText(),
      );
      await noFinding(path, "require-pool-error-handler");
      await window().screenshot("quick-fix-applied");
      await editor.document.save();
    });

    for (const { family, path, rule, title, writes } of families) {
      it(`is applied through the API: ${family}`, async () => {
        const editor = await open(path);
        const actions = await actionsFor(path, await finding(path, rule));
        await apply(actions.find((action) => title.test(action.title)));
        assert.match(editor.document.getText(), writes);
        await noFinding(path, rule);
      });
    }

    it("that is safe runs when the file is saved, where the settings say so", async () => {
      const path = "src/saved.ts";
      const settings = vscode.workspace.getConfiguration("editor", fileUri(path));
      await settings.update(
        "codeActionsOnSave",
        { "source.fixAll.bouncerSafe": "explicit" },
        vscode.ConfigurationTarget.Workspace,
      );
      try {
        await finding(path, "require-pool-error-handler");
        await replace(path, "max: 10", "max: 12");
        await vscode.commands.executeCommand("workbench.action.files.save");
        await until(
          async () => (await readFile(fileUri(path).fsPath, "utf8")).includes('.on("error"'),
          () => vscode.window.activeTextEditor!.document.getText(),
        );
        await noFinding(path, "require-pool-error-handler");
        await window().screenshot("fixed-on-save");
      } finally {
        await settings.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it("that disables the rule for one line writes the comment", async () => {
      const path = "src/quiet.ts";
      const editor = await open(path);
      const actions = await actionsFor(path, await finding(path, "require-pool-error-handler"));
      await apply(actions.find(({ title }) => /disable.*line/i.test(title)));
      assert.match(
        editor.document.getText(),
        /\/\/ bouncer-safe-disable-next-line require-pool-error-handler\nexport const pool/,
      );
      await noFinding(path, "require-pool-error-handler");
      await window().screenshot("suppressed");
    });

    it("that disables the rule for the file writes the comment at the top", async () => {
      const path = "src/audit.ts";
      const editor = await open(path);
      const actions = await actionsFor(path, await finding(path, "require-pool-error-handler"));
      await apply(actions.find(({ title }) => /disable.*file/i.test(title)));
      assert.match(editor.document.getText(), /^\/[/*] bouncer-safe-disable require-pool-error-handler/);
      await noFinding(path, "require-pool-error-handler");
    });
  });
}
