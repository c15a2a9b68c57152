import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { open, until } from "./document.ts";
import type { Workbench } from "./workbench.ts";

const inserted = [
  { path: "src/snippet.ts", langId: "typescript", name: "knex pool", text: "pool: { min: 0, max: 10" },
  { path: "src/snippet.js", langId: "javascript", name: "postgres.js pool", text: "prepare: false," },
  { path: "src/snippet.py", langId: "python", name: "SQLAlchemy engine, psycopg2", text: "poolclass=NullPool," },
  { path: "snippet.ini", langId: "ini", name: "pgbouncer.ini, transaction mode", text: "pool_mode = transaction" },
];

export function snippets(window: () => Workbench): void {
  describe("a snippet", () => {
    it("is suggested while typing and inserted with Enter", async () => {
      const editor = await open("src/typed.ts");
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await window().type("bs-pg-transaction");
      await vscode.commands.executeCommand("editor.action.triggerSuggest");
      await window().see(".suggest-widget .monaco-list-row.focused", "bs-pg-transaction");
      await window().screenshot("suggest");
      await window().press("Enter");
      await until(
        () => editor.document.getText().includes('await client.query("BEGIN");'),
        () => editor.document.getText(),
      );
      assert.doesNotMatch(editor.document.getText(), /bs-pg|\$/);
      await vscode.commands.executeCommand("leaveSnippet");
      await window().screenshot("snippet");
    });

    for (const { path, langId, name, text } of inserted) {
      it(`is inserted by its name: ${langId}`, async () => {
        const editor = await open(path);
        assert.equal(editor.document.languageId, langId);
        await vscode.commands.executeCommand("editor.action.insertSnippet", { langId, name });
        await until(
          () => editor.document.getText().includes(text),
          () => editor.document.getText(),
        );
        await vscode.commands.executeCommand("leaveSnippet");
      });
    }
  });
}
