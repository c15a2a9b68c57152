import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import {
  actionsFor,
  apply,
  fileUri,
  finding,
  findingsIn,
  hoverAt,
  noFinding,
  open,
  replace,
  rulesIn,
  until,
} from "./document.ts";
import { useWorkbench } from "./workbench.ts";

/** Python in a VS Code that has no extension for it but this one: the language's id and colours are the editor's own. */
export function definePython(): void {
  describe("Python without a Python extension", () => {
    const window = useWorkbench();

    it("is what these tests are about", async () => {
      const others = vscode.extensions.all.filter(
        ({ id, packageJSON }) => !packageJSON.isBuiltin && !id.startsWith("bouncer-safe."),
      );
      assert.deepEqual(
        others.map(({ id }) => id),
        [],
      );
      assert.equal((await open("shop/engine.py")).document.languageId, "python");
    });

    it("has findings that are underlined, and rows in the Problems panel for files that are not open", async () => {
      await open("shop/engine.py");
      await finding("shop/engine.py", "no-double-pool");
      await window().see(".squiggly-info");
      assert.equal(
        vscode.workspace.textDocuments.some(({ uri }) => uri.path.endsWith("/charge.py")),
        false,
      );
      await finding("shop/charge.py", "no-external-await-in-transaction");
      await vscode.commands.executeCommand("workbench.actions.view.problems");
      // The list draws what fits: the error is at its top.
      await window().see(".markers-panel .monaco-list-row", "charge.py");
      await window().see(".markers-panel .monaco-list-row", "waits for the network");
      await window().screenshot("problems");
      await vscode.commands.executeCommand("workbench.action.closePanel");
    });

    it("says under the mouse which pooler an engine talks to, and what is wrong", async () => {
      const editor = await open("shop/engine.py");
      const at = findingsIn("shop/engine.py")[0]!.range.start;
      assert.match(await hoverAt("shop/engine.py", at), /pgbouncer\.ini:6 pool\\?_mode ?= ?transaction/);
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await vscode.commands.executeCommand("editor.action.showHover");
      await window().see(".monaco-hover", "no-double-pool");
      await window().screenshot("hover");
      await window().press("Escape");
    });

    it("is mended from the light bulb: NullPool, with its import", async () => {
      const editor = await open("shop/engine.py");
      const { range } = await finding("shop/engine.py", "no-double-pool");
      editor.selection = new vscode.Selection(range.start, range.start);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await vscode.commands.executeCommand("editor.action.quickFix");
      const row = await window().see(".action-widget .monaco-list-row", "NullPool");
      await window().screenshot("quick-fix");
      await row.click();
      await noFinding("shop/engine.py", "no-double-pool");
      assert.equal(
        editor.document.getText(),
        `from os import environ

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

url = environ["DATABASE_URL"]
engine = create_engine(url, poolclass=NullPool)
`,
      );
      assert.equal(rulesIn("shop/engine.py").includes("require-pre-ping"), false);
      await window().screenshot("quick-fix-applied");
    });

    it("is mended when it is saved, where the settings say so", async () => {
      const path = "shop/saved.py";
      const settings = vscode.workspace.getConfiguration("editor", fileUri(path));
      const onSave = { "source.fixAll.bouncerSafe": "explicit" };
      await settings.update("codeActionsOnSave", onSave, vscode.ConfigurationTarget.Workspace);
      try {
        await finding(path, "require-pre-ping");
        await replace(path, "pool_size=5", "pool_size=6");
        await vscode.commands.executeCommand("workbench.action.files.save");
        await until(
          async () => (await readFile(fileUri(path).fsPath, "utf8")).includes("pool_size=6, pool_pre_ping=True"),
          () => vscode.window.activeTextEditor!.document.getText(),
        );
        await noFinding(path, "require-pre-ping");
        // What changes how the program works is not done without being asked for.
        assert.doesNotMatch(vscode.window.activeTextEditor!.document.getText(), /NullPool/);
      } finally {
        await settings.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Workspace);
      }
    });

    it("is silenced by a comment of Python", async () => {
      const path = "shop/silenced.py";
      const editor = await open(path);
      const line = await actionsFor(path, await finding(path, "no-double-pool"));
      await apply(line.find(({ title }) => title === "Disable no-double-pool for this line"));
      assert.match(editor.document.getText(), /\n# bouncer-safe-disable-next-line no-double-pool\nengine = /);
      await noFinding(path, "no-double-pool");
      const file = await actionsFor(path, await finding(path, "require-pre-ping"));
      await apply(file.find(({ title }) => title === "Disable require-pre-ping for this file"));
      assert.match(editor.document.getText(), /^# bouncer-safe-disable require-pre-ping\nfrom os/);
      await noFinding(path, "require-pre-ping");
      assert.equal(rulesIn(path).includes("unused-suppression"), false);
      await window().screenshot("silenced");
    });

    it("and pgbouncer.ini beside it, by a comment of its own", async () => {
      const ini = "pgbouncer.ini";
      const editor = await open(ini);
      const actions = await actionsFor(ini, await finding(ini, "ini-idle-transaction-off"));
      await apply(actions.find(({ title }) => title === "Disable ini-idle-transaction-off for this line"));
      assert.match(
        editor.document.getText(),
        /\n; bouncer-safe-disable-next-line ini-idle-transaction-off\n\[pgbouncer\]/,
      );
      await noFinding(ini, "ini-idle-transaction-off");
      await vscode.commands.executeCommand("workbench.action.files.revert");
    });

    it("is followed across modules: a helper's edit changes the findings of a file that nobody touched", async () => {
      await open("shop/charge.py");
      const { message } = await finding("shop/charge.py", "no-external-await-in-transaction");
      assert.match(message, /requests\.post/);
      await window().see(".squiggly-error");
      await window().screenshot("across-modules");
      const { document } = await open("shop/pool.py");
      const body = document.getText().slice(document.getText().indexOf("    with"));
      await replace("shop/pool.py", body, "    yield None\n");
      await noFinding("shop/charge.py", "no-external-await-in-transaction");
      await vscode.commands.executeCommand("undo");
      await finding("shop/charge.py", "no-external-await-in-transaction");
    });

    it("while it is half typed keeps the findings above", async () => {
      const path = "shop/broken.py";
      await finding(path, "no-double-pool");
      const editor = await open(path);
      const end = editor.document.positionAt(editor.document.getText().length);
      editor.selection = new vscode.Selection(end, end);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await window().type("second = create_engine(");
      await until(
        () => editor.document.getText().includes("second = create_engine("),
        () => editor.document.getText(),
      );
      await window().type("url");
      await until(
        () => rulesIn(path).filter((rule) => rule === "no-double-pool").length === 2,
        () => JSON.stringify(rulesIn(path)),
      );
      await window().screenshot("half-typed");
    });

    it("has a snippet that is suggested while typing and inserted with Enter", async () => {
      const editor = await open("shop/typed.py");
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await window().type("bs-sqlalchemy-engine");
      await vscode.commands.executeCommand("editor.action.triggerSuggest");
      await window().see(".suggest-widget .monaco-list-row.focused", "bs-sqlalchemy-engine");
      await window().screenshot("suggest");
      await window().press("Enter");
      await until(
        () => editor.document.getText().includes("poolclass=NullPool,"),
        () => editor.document.getText(),
      );
      assert.doesNotMatch(editor.document.getText(), /bs-sql|\$/);
      await vscode.commands.executeCommand("leaveSnippet");
      await window().screenshot("snippet");
    });

    it("has snippets that are all inserted, indented with spaces", async () => {
      const { extensionPath } = vscode.extensions.getExtension("bouncer-safe.bouncer-safe")!;
      const names = Object.keys(JSON.parse(await readFile(join(extensionPath, "snippets/python.json"), "utf8")));
      assert.ok(names.length > 15);
      const editor = await open("shop/snippets.py");
      for (const name of names) {
        const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
        await editor.edit((edit) => edit.replace(all, ""));
        await vscode.commands.executeCommand("editor.action.insertSnippet", { langId: "python", name });
        await until(
          () => editor.document.getText().length > 10,
          () => `${name} inserted nothing`,
        );
        assert.doesNotMatch(editor.document.getText(), /\$\{?\d|\t/, name);
        await vscode.commands.executeCommand("leaveSnippet");
      }
    });
  });
}
