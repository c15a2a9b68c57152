import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { fileUri, finding, noFinding, open, replace, until } from "./document.ts";
import { serverProcesses } from "./server-process.ts";
import type { Workbench } from "./workbench.ts";

export function changes(window: () => Workbench): void {
  const settings = (): vscode.WorkspaceConfiguration =>
    vscode.workspace.getConfiguration("bouncerSafe", fileUri("src/stock.ts"));
  const set = (key: string, value: unknown): Thenable<void> =>
    settings().update(key, value, vscode.ConfigurationTarget.Workspace);

  describe("a change", () => {
    it("of a rule's setting makes its findings vanish and come back", async () => {
      await open("src/stock.ts");
      await finding("src/stock.ts", "no-transaction-on-pool");
      await set("rules", { "no-transaction-on-pool": "off" });
      await noFinding("src/stock.ts", "no-transaction-on-pool");
      await set("rules", undefined);
      await finding("src/stock.ts", "no-transaction-on-pool");
    });

    it("of the switch for everything does the same", async () => {
      await set("enable", false);
      await noFinding("src/stock.ts", "no-transaction-on-pool");
      await set("enable", undefined);
      await finding("src/stock.ts", "no-transaction-on-pool");
    });

    it("of a second file updates the first", async () => {
      await open("src/journal.ts");
      await finding("src/journal.ts", "no-transaction-on-pool");
      await replace("src/journal-db.ts", "new Pool(", "fakePool(");
      await noFinding("src/journal.ts", "no-transaction-on-pool");
      await replace("src/journal-db.ts", "fakePool(", "new Pool(");
      await finding("src/journal.ts", "no-transaction-on-pool");
    });

    it("of pgbouncer.ini on disk updates the status", async () => {
      const ini = fileUri("pgbouncer.ini");
      const text = Buffer.from(await vscode.workspace.fs.readFile(ini)).toString();
      await open("src/stock.ts");
      await vscode.workspace.fs.writeFile(
        ini,
        Buffer.from(text.replace("pool_mode = transaction", "pool_mode = session")),
      );
      await until(
        async () => /session/i.test(await statusText(window())),
        () => "the status never named session mode",
      );
      await vscode.workspace.fs.writeFile(ini, Buffer.from(text));
      await until(
        async () => /transaction/i.test(await statusText(window())),
        () => "the status never named transaction mode again",
      );
    });

    it("while the code is half typed keeps the editor going", async () => {
      await replace("src/ledger.ts", 'await pool.query("COMMIT");', "const rest = await pool.");
      await replace("src/ledger.ts", "const rest = await pool.", 'await pool.query("COMMIT");');
      await finding("src/ledger.ts", "no-transaction-on-pool");
    });
  });

  describe("the server", () => {
    it("is one process, and comes back after it was killed", async () => {
      const [before, ...others] = serverProcesses();
      assert.ok(before);
      assert.deepEqual(others, []);
      process.kill(before, "SIGKILL");
      // What is typed meanwhile cannot be told to anybody: the client must not give up over it.
      for (const word of ["a", "b", "c", "d", "e", "f"]) await replace("src/stock.ts", "\n", ` // ${word}\n`);
      await until(
        () => serverProcesses().some((pid) => pid !== before),
        () => "no server came back",
      );
      await open("src/stock.ts");
      await finding("src/stock.ts", "no-transaction-on-pool");
      await replace("src/stock.ts", "./db", "./nowhere");
      await noFinding("src/stock.ts", "no-transaction-on-pool");
      await vscode.commands.executeCommand("undo");
      await finding("src/stock.ts", "no-transaction-on-pool");
    });
  });
}

/** What the language status item says, and its tooltip. */
export async function statusText(workbench: Workbench): Promise<string> {
  const item = await workbench.see('[id="status.languageStatus"]');
  const parts = [
    await item.getAttribute("aria-label"),
    await item.textContent(),
    await item.locator("a").first().getAttribute("aria-label"),
  ];
  return parts.join(" ").replaceAll("\u00a0", " ");
}
