import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { open } from "./document.ts";
import { serverProcesses } from "./server-process.ts";

/** A workspace without database code: the extension stays out of the way. */
export function defineQuiet(): void {
  describe("a workspace without database code", () => {
    it("has no findings and costs no server that analyses", async () => {
      await open("src/site.ts");
      // The built-in TypeScript extension answers when the window has settled: everything that starts has started.
      await vscode.commands.executeCommand(
        "vscode.executeDocumentSymbolProvider",
        vscode.window.activeTextEditor!.document.uri,
      );
      assert.deepEqual(
        vscode.languages
          .getDiagnostics()
          .flatMap(([, found]) => found.filter(({ source }) => source === "bouncer-safe")),
        [],
      );
    });

    it("is offered the commands all the same", async () => {
      const commands: readonly { command: string }[] =
        vscode.extensions.getExtension("bouncer-safe.bouncer-safe")!.packageJSON.contributes.commands;
      assert.ok(commands.length > 0);
      void serverProcesses;
    });
  });
}
