import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { finding, open } from "./document.ts";

/** A folder that nobody has trusted yet: the extension reads, and runs nothing of it. */
export function defineRestricted(): void {
  describe("a workspace that is not trusted", () => {
    before(function () {
      // Desktop VS Code under its test runner trusts every folder.
      if (vscode.workspace.isTrusted) this.skip();
    });

    it("is analysed, as the manifest says", async () => {
      const extension = vscode.extensions.getExtension("bouncer-safe.bouncer-safe")!;
      assert.ok(extension.packageJSON.capabilities.untrustedWorkspaces.supported);
      await open("src/stock.ts");
      await finding("src/stock.ts", "no-transaction-on-pool");
    });
  });
}
