import * as vscode from "vscode";
import { finding, open } from "./document.ts";
import { Workbench } from "./workbench.ts";

/** The README's picture: code with its findings, what one of them says, and the Problems panel. */
export function definePicture(): void {
  it("the picture", async () => {
    const workbench = await Workbench.connect();
    await workbench.page.setViewportSize({ width: 1000, height: 826 });
    const editor = await open("src/orders.ts");
    const { range } = await finding("src/orders.ts", "no-release-in-transaction");
    await finding("src/reports.ts", "no-double-pool");
    for (const command of [
      "workbench.action.closeSidebar",
      "workbench.action.activityBarLocation.hide",
      "workbench.action.toggleStatusbarVisibility",
      "workbench.actions.view.problems",
      "workbench.action.focusActiveEditorGroup",
    ]) {
      await vscode.commands.executeCommand(command);
    }
    await workbench.see(".markers-panel .monaco-list-row", "reports.ts");
    editor.selection = new vscode.Selection(range.start, range.start);
    await vscode.commands.executeCommand("editor.action.showHover");
    // The last line of the hover, there when the fixes are known.
    await workbench.see(".monaco-hover", /no-release-in-transaction[\s\S]*Quick Fix/);
    const titleBar = 36;
    await workbench.screenshot("editor", { x: 0, y: titleBar, width: 1000, height: 826 - titleBar });
    await workbench.disconnect();
  });
}
