import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { actionsFor, apply, fileUri, finding, hoverAt, noFinding, open, replace, rulesIn, until } from "./document.ts";
import type { Workbench } from "./workbench.ts";

const ini = "pgbouncer.ini";

/** What one line of pgbouncer.ini decides, each with the line's other form. */
const decisions = [
  { path: "src/tenant.ts", rule: "no-session-set", from: "pool_mode = transaction", to: "pool_mode = session" },
  { path: "src/tenant.ts", rule: "no-listen", from: "pool_mode = transaction", to: "pool_mode = session" },
  {
    path: "src/prepared.ts",
    rule: "no-named-prepared-statement",
    from: "default_pool_size = 20",
    to: "max_prepared_statements = 200",
  },
];

export function iniFiles(window: () => Workbench): void {
  describe("pgbouncer.ini", () => {
    afterEach(async () => {
      await open(ini);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    });

    it("is a language of its own, with colours", async () => {
      await replace(ini, "default_pool_size", "# words\ndefault_pool_size");
      assert.equal((await open(ini)).document.languageId, "pgbouncer-ini");
      const words = ["databases", "shop", "host", "6432", "pool_mode", "transaction", "# words"];
      const colours = await Promise.all(words.map(colourOf));
      assert.equal(new Set(colours).size >= 5, true, JSON.stringify(colours));
      // A comment behind a value is part of the value.
      await replace(ini, "6432", "6432 # words");
      await until(
        async () => (await colourOf("6432 # words")) !== (await colourOf("# words")),
        () => "what follows a value looks like a comment",
      );
      await window().screenshot("ini-colours");
    });

    for (const { path, rule, from, to } of decisions) {
      it(`decides over ${rule} in an open TypeScript file before it is saved`, async function () {
        await vscode.commands.executeCommand("workbench.action.closeAllEditors");
        await open(path);
        const { message } = await finding(path, rule);
        await vscode.window.showTextDocument(
          await vscode.workspace.openTextDocument(fileUri(ini)),
          vscode.ViewColumn.Beside,
        );
        await window().screenshot(`ini-${rule}-before`);
        const changed = timed(() => !rulesIn(path).includes(rule));
        await change(from, to);
        await noFinding(path, rule);
        const gone = await changed;
        assert.equal(vscode.window.activeTextEditor?.document.isDirty, true);
        await window().screenshot(`ini-${rule}-gone`);
        const back = timed(() => rulesIn(path).includes(rule));
        await change(to, from);
        assert.equal((await finding(path, rule)).message, message);
        // Told, not judged: how fast it is, is the machine's matter too.
        this.test!.title += ` (gone after ${gone} ms, back after ${await back} ms)`;
      });
    }

    it("is named by the hover over a finding and over a pool as the reason", async () => {
      const path = "src/tenant.ts";
      const { range } = await finding(path, "no-session-set");
      assert.match(await hoverAt(path, range.start), /pgbouncer\.ini:6 pool\\?_mode ?= ?transaction/);
      await replace(ini, "pool_mode = transaction", "pool_mode = session");
      await noFinding(path, "no-session-set");
      const { document } = await open("src/db.ts");
      const pool = document.positionAt(document.getText().indexOf("new Pool") + 1);
      await until(
        async () => /pgbouncer\.ini:6 pool\\?_mode ?= ?session/.test(await hoverAt("src/db.ts", pool)),
        () => "the hover over the pool does not name session mode",
      );
    });

    it("tells under the mouse what a setting means and which pools are judged by it", async () => {
      const editor = await open(ini);
      const at = editor.document.positionAt(editor.document.getText().indexOf("pool_mode") + 2);
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await vscode.commands.executeCommand("editor.action.showHover");
      const hover = await window().see(".monaco-hover", "goes back to the pool");
      assert.match((await hover.textContent()) ?? "", /src\/db\.ts:\d+/);
      await window().screenshot("ini-hover");
      await window().press("Escape");
    });

    it("has findings and fixes of its own", async () => {
      await replace(ini, "listen_port = 6432", "listen_port = 6432 ; for the shop");
      const diagnostic = await finding(ini, "ini-trailing-comment");
      await window().see(".squiggly-error");
      await window().screenshot("ini-finding");
      const [action] = await actionsFor(ini, diagnostic);
      await apply(action);
      await noFinding(ini, "ini-trailing-comment");
      assert.match((await open(ini)).document.getText(), /^listen_port = 6432$/m);
      assert.match((await open(ini)).document.getText(), /^; for the shop$/m);
    });

    it("completes settings and their values while they are typed", async () => {
      const editor = await lastLine();
      await window().type("max_cl");
      const row = await window().see(".suggest-widget .monaco-list-row.focused", "max_client_conn");
      await window().screenshot("ini-suggest");
      assert.match((await row.textContent()) ?? "", /max_client_conn/);
      await window().press("Enter");
      await until(
        () => editor.document.getText().endsWith("\nmax_client_conn = 100"),
        () => editor.document.getText(),
      );
      await vscode.commands.executeCommand("leaveSnippet");
      await window().press("End");
      await window().press("Enter");
      await window().type("auth_type =");
      await window().see(".suggest-widget .monaco-list-row", "scram-sha-256");
      await window().screenshot("ini-suggest-value");
      await window().press("Escape");
    });

    it("completes the parameters of a database", async () => {
      const editor = await open(ini);
      const line = editor.document.lineAt(1).range.end;
      editor.selection = new vscode.Selection(line, line);
      await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
      await window().type(" pool_m");
      await window().see(".suggest-widget .monaco-list-row.focused", "pool_mode");
      await window().press("Enter");
      await window().see(".suggest-widget .monaco-list-row", "session");
      await window().screenshot("ini-suggest-parameter");
      await window().press("Escape");
      assert.match(editor.document.lineAt(1).text, / pool_mode=/);
    });

    it("toggles comments at the start of a line, where alone PgBouncer knows them", async () => {
      const editor = await open(ini);
      const at = new vscode.Position(5, 4);
      editor.selection = new vscode.Selection(at, at);
      await vscode.commands.executeCommand("editor.action.commentLine");
      assert.equal(editor.document.lineAt(5).text, "; pool_mode = transaction");
      await vscode.commands.executeCommand("editor.action.commentLine");
      assert.equal(editor.document.lineAt(5).text, "pool_mode = transaction");
    });

    it("is formatted", async () => {
      await replace(ini, "pool_mode = transaction", "pool_mode=transaction  ");
      const { document } = await open(ini);
      await vscode.commands.executeCommand("editor.action.formatDocument");
      await until(
        () => document.lineAt(5).text === "pool_mode = transaction",
        () => document.getText(),
      );
    });

    it("has an outline", async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        "vscode.executeDocumentSymbolProvider",
        (await open(ini)).document.uri,
      );
      assert.deepEqual(
        symbols.map(({ name, children }) => [name, ...children.map((child) => child.name)]),
        [
          ["[databases]", "shop"],
          ["[pgbouncer]", "listen_port", "pool_mode", "default_pool_size"],
        ],
      );
    });
  });

  /** The colour of a word that begins a token. */
  async function colourOf(word: string): Promise<string> {
    const tokens = window().page.locator(".view-lines .view-line > span > span");
    const token = tokens
      .filter({ hasText: new RegExp(`^\\s*${word.replaceAll(" ", "[ \u00a0]")}`), visible: true })
      .first();
    // The theme has a class for each colour.
    return (await token.getAttribute("class")) ?? "";
  }

  /** Edits the document that is shown, without moving to another editor. */
  async function change(from: string, to: string): Promise<void> {
    const editor = vscode.window.activeTextEditor!;
    const at = editor.document.getText().indexOf(from);
    assert.ok(at >= 0, `no ${from}`);
    const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + from.length));
    await editor.edit((edit) => edit.replace(range, to));
  }

  async function lastLine(): Promise<vscode.TextEditor> {
    const editor = await open(ini);
    const end = editor.document.positionAt(editor.document.getText().length);
    editor.selection = new vscode.Selection(end, end);
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
    return editor;
  }
}

/** Milliseconds until the condition holds, looked at with each change of a finding. */
function timed(condition: () => boolean): Promise<number> {
  const start = Date.now();
  return new Promise((resolve) => {
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (!condition()) return;
      listening.dispose();
      resolve(Date.now() - start);
    });
  });
}
