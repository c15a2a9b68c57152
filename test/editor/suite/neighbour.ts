import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { fileUri, finding, findingsIn, hoverAt, noFinding, open, replace, rulesIn, until } from "./document.ts";
import { useWorkbench } from "./workbench.ts";

const path = "shop/session.py";

/** Python beside another language server, as most people have one. */
export function defineNeighbour(): void {
  describe("beside another Python language server", () => {
    const window = useWorkbench();

    it("findings of both are shown", async () => {
      await open(path);
      await finding(path, "no-double-pool");
      await says(path, '"Decimal" is not accessed');
      await vscode.commands.executeCommand("workbench.actions.view.problems");
      // The list draws what fits: warnings are above what is for information.
      await window().see(".markers-panel .monaco-list-row", "is not accessed");
      await window().see(".markers-panel .monaco-list-row", "waits for the network");
      await window().screenshot("problems");
      await vscode.commands.executeCommand("workbench.action.closePanel");
    });

    it("the hover has what both say", async () => {
      const editor = await open(path);
      const at = findingsIn(path)[0]!.range.start;
      const text = await hoverAt(path, at);
      assert.match(text, /\(neighbour\) `create_engine`/);
      assert.match(text, /no-double-pool/);
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await vscode.commands.executeCommand("editor.action.showHover");
      await window().see(".monaco-hover", "(neighbour)");
      await window().see(".monaco-hover", "no-double-pool");
      await window().screenshot("hover");
      await window().press("Escape");
    });

    it("suggestions of both are listed", async () => {
      const editor = await open("shop/typed.py");
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await window().type("bs");
      await vscode.commands.executeCommand("editor.action.triggerSuggest");
      await window().see(".suggest-widget .monaco-list-row", "bs_neighbour");
      await window().see(".suggest-widget .monaco-list-row", "bs-a");
      await window().screenshot("suggest");
      await window().press("Escape");
      assert.equal(editor.document.getText(), "bs");
    });

    it("the fix's import is one that the other sees used", async () => {
      const editor = await open(path);
      const { range } = await finding(path, "no-double-pool");
      editor.selection = new vscode.Selection(range.start, range.start);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await vscode.commands.executeCommand("editor.action.quickFix");
      await (await window().see(".action-widget .monaco-list-row", "NullPool")).click();
      await noFinding(path, "no-double-pool");
      assert.match(editor.document.getText(), /^from sqlalchemy\.pool import NullPool$/m);
      assert.match(editor.document.getText(), /application_name=shop", poolclass=NullPool\)/);
      // It is still there, and says the same as before.
      await says(path, '"Decimal" is not accessed');
      assert.deepEqual(
        messagesIn(path).filter((message) => message.includes("NullPool")),
        [],
      );
      await window().screenshot("fixed");
    });

    it("both mend the file when it is saved", async () => {
      const saved = "shop/sorted.py";
      const settings = vscode.workspace.getConfiguration("editor", fileUri(saved));
      const onSave = { "source.fixAll.bouncerSafe": "explicit", "source.organizeImports": "explicit" };
      await settings.update("codeActionsOnSave", onSave, vscode.ConfigurationTarget.Workspace);
      try {
        await finding(saved, "require-pre-ping");
        await replace(saved, "Session =", "Sessions =");
        await vscode.commands.executeCommand("workbench.action.files.save");
        const written = `from decimal import Decimal
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

engine = create_engine("postgresql+psycopg2://app@127.0.0.1:6432/shop?application_name=shop", pool_pre_ping=True)
Sessions = sessionmaker(engine)
`;
        await until(
          async () => (await readFile(fileUri(saved).fsPath, "utf8")) === written,
          () => vscode.window.activeTextEditor!.document.getText(),
        );
        await noFinding(saved, "require-pre-ping");
        assert.deepEqual(rulesIn(saved), ["no-double-pool"]);
      } finally {
        await settings.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Workspace);
      }
    });
  });
}

const messagesIn = (file: string): readonly string[] =>
  vscode.languages
    .getDiagnostics(fileUri(file))
    .filter(({ source }) => source === "neighbour")
    .map(({ message }) => message);

const says = (file: string, message: string): Promise<void> =>
  until(
    () => messagesIn(file).includes(message),
    () => `the neighbour says ${JSON.stringify(messagesIn(file))}`,
  );
