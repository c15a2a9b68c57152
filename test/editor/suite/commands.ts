import { strict as assert } from "node:assert";
import * as vscode from "vscode";
import { statusText } from "./changes.ts";
import { fileUri, finding, open, until } from "./document.ts";
import { serverProcesses } from "./server-process.ts";
import type { Workbench } from "./workbench.ts";

const manifest = () => vscode.extensions.getExtension("bouncer-safe.bouncer-safe")!.packageJSON;

const tabs = (): readonly string[] =>
  vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

export function commands(window: () => Workbench): void {
  describe("the command palette", () => {
    it("lists every command of the extension", async () => {
      await vscode.commands.executeCommand("workbench.action.showCommands");
      const input = await window().see(".quick-input-widget input");
      await input.fill(">bouncer-safe: ");
      const titles: readonly string[] = manifest().contributes.commands.map(({ title }: { title: string }) => title);
      for (const title of titles) await window().see(".quick-input-widget .monaco-list-row", title);
      await window().screenshot("palette");
      await window().press("Escape");
    });

    it("every command of the manifest exists", async () => {
      const known = new Set(await vscode.commands.getCommands(true));
      const missing = manifest().contributes.commands.filter(({ command }: { command: string }) => !known.has(command));
      assert.deepEqual(missing, []);
    });

    it("restarts the server", async () => {
      const [before] = serverProcesses();
      await vscode.commands.executeCommand("bouncer-safe.restart");
      await until(
        () => serverProcesses().length === 1 && serverProcesses()[0] !== before,
        () => "the server is the same",
      );
      await open("src/stock.ts");
      await finding("src/stock.ts", "no-transaction-on-pool");
    });

    it("shows what is known of the pooler", async () => {
      await open("src/stock.ts");
      await vscode.commands.executeCommand("bouncer-safe.showProfile");
      await until(
        () => tabs().some((label) => label.includes("Pooler profile")),
        () => `open are ${tabs().join(", ")}`,
      );
      const text = await window().textOfPreview("transaction mode");
      assert.match(text, /pgbouncer\.ini:6/);
      // A link that the preview refuses is shown as its source.
      assert.doesNotMatch(text, /\]\(/);
      await window().screenshot("profile");
    });

    it("writes down which pooler it is, where the questions are answered", async () => {
      await open("src/stock.ts");
      const file = fileUri("bouncer-safe.json");
      const questions: readonly (readonly [placeholder: string, answer: string])[] = [
        ["Which pooler?", "PgBouncer"],
        ["Which pool mode?", "session"],
        ["1.24.1", "1.18.0"],
      ];
      const written = vscode.commands.executeCommand("bouncer-safe.choosePooler");
      for (const [placeholder, answer] of questions) {
        await (await window().see(`.quick-input-widget input[placeholder="${placeholder}"]`)).fill(answer);
        await window().screenshot(`choose-${answer}`);
        await window().press("Enter");
      }
      await written;
      const text = Buffer.from(await vscode.workspace.fs.readFile(file)).toString();
      assert.deepEqual(JSON.parse(text), { pooler: { kind: "pgbouncer", mode: "session", version: "1.18.0" } });
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await open("src/stock.ts");
      await until(
        async () => /1\.18\.0, session/.test(await statusText(window())),
        () => "the status never named what was chosen",
      );
      await vscode.workspace.fs.delete(file);
      await until(
        async () => /transaction/.test(await statusText(window())),
        () => "the status still names what was chosen",
      );
    });

    it("explains a rule on the page that came with the extension", async () => {
      await vscode.commands.executeCommand("bouncer-safe.openRule", "no-double-pool");
      await until(
        () => tabs().some((label) => label.includes("no-double-pool.md")),
        () => `open are ${tabs().join(", ")}`,
      );
      assert.match(await window().textOfPreview("no-double-pool"), /idle/);
      await window().screenshot("rule");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });

    it("leads through the first steps", async () => {
      const { id } = manifest().contributes.walkthroughs[0];
      await vscode.commands.executeCommand("workbench.action.openWalkthrough", `bouncer-safe.bouncer-safe#${id}`);
      for (const { title } of manifest().contributes.walkthroughs[0].steps)
        await window().see(".gettingStartedContainer", title);
      await window().screenshot("walkthrough");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });

    it("shows the log", async () => {
      await vscode.commands.executeCommand("bouncer-safe.showOutput");
      await window().see(".pane-body.output-view, .output-view");
      await window().screenshot("log");
      await vscode.commands.executeCommand("workbench.action.closePanel");
    });
  });

  describe("the status item", () => {
    it("names the pooler that is assumed and where it is known from", async () => {
      await open("src/stock.ts");
      await until(
        async () => /PgBouncer.*transaction/i.test(await statusText(window())),
        () => "no status item names the profile",
      );
      await (await window().see('[id="status.languageStatus"]')).click();
      await window().screenshot("status");
      await window().press("Escape");
    });
  });

  describe("the manifest", () => {
    it("says what the extension does without trust", () => {
      const { capabilities } = manifest();
      assert.ok(capabilities.untrustedWorkspaces);
      assert.ok(capabilities.virtualWorkspaces !== undefined);
    });
  });
}
