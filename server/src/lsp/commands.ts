import { pageOf } from "./pages.ts";
import { openRuleCommand, rescanCommand } from "./protocol.ts";
import type { Session } from "./session.ts";

/** `workspace/executeCommand`. */
export function answerCommands(session: Session): void {
  const { connection, faults } = session;
  const commands: Readonly<Record<string, (argument: unknown) => Promise<void> | void>> = {
    [openRuleCommand]: async (rule) => {
      if (typeof rule === "string") await connection.window.showDocument({ uri: pageOf(rule), external: true });
    },
    [rescanCommand]: () => session.rescan(),
  };
  connection.onExecuteCommand(async ({ command, arguments: given }) => {
    try {
      await commands[command]?.(given?.[0]);
    } catch (error) {
      faults.tell(command, error);
    }
  });
}
