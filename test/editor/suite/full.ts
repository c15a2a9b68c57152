import { changes } from "./changes.ts";
import { commands } from "./commands.ts";
import { findings } from "./findings.ts";
import { fixes } from "./fixes.ts";
import { iniFiles } from "./ini.ts";
import { snippets } from "./snippets.ts";
import { useWorkbench } from "./workbench.ts";

/** Everything that a person does with the extension, in one window. */
export function defineFull(): void {
  describe("bouncer-safe in VS Code", () => {
    const window = useWorkbench();

    findings(window);
    fixes(window);
    snippets(window);
    changes(window);
    iniFiles(window);
    commands(window);
  });
}
