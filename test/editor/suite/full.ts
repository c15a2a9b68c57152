import { changes } from "./changes.ts";
import { commands } from "./commands.ts";
import { findings } from "./findings.ts";
import { fixes } from "./fixes.ts";
import { iniFiles } from "./ini.ts";
import { snippets } from "./snippets.ts";
import { Workbench } from "./workbench.ts";

/** Everything that a person does with the extension, in one window. */
export function defineFull(): void {
  describe("bouncer-safe in VS Code", () => {
    let workbench: Workbench;
    const window = (): Workbench => workbench;

    before(async () => {
      workbench = await Workbench.connect();
    });

    after(() => workbench.disconnect());

    afterEach(async function () {
      if (this.currentTest?.state === "failed")
        await workbench.screenshot(`failed-${this.currentTest.title.replaceAll(/\W+/g, "-")}`);
    });

    findings(window);
    fixes(window);
    snippets(window);
    changes(window);
    iniFiles(window);
    commands(window);
  });
}
