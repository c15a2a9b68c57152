import * as vscode from "vscode";
import { finding, open } from "./document.ts";
import { Workbench } from "./workbench.ts";

/** The README's picture: code with its findings, what one of them says, and the Problems panel. */
export function definePicture(): void {
  it("the picture", async () => {
    const workbench = await Workbench.connect();
    await workbench.page.setViewportSize({ width: 1000, height: 640 });
    const editor = await open("src/orders.ts");
    const { range } = await finding("src/orders.ts", "no-release-in-transaction");
    await finding("src/reports.ts", "no-double-pool");
    for (const command of [
      "workbench.action.closeSidebar",
      "workbench.action.activityBarLocation.hide",
      "workbench.actions.view.problems",
      "workbench.action.focusActiveEditorGroup",
    ]) {
      await vscode.commands.executeCommand(command);
    }
    await workbench.see(".markers-panel .monaco-list-row", "reports.ts");
    editor.selection = new vscode.Selection(range.start, range.start);
    await vscode.commands.executeCommand("editor.action.showHover");
    await workbench.see(".monaco-hover", "no-release-in-transaction");
    await workbench.screenshot("editor");
    await workbench.disconnect();
  });
}
