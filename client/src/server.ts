import { join } from "node:path";
import { type ExtensionContext, type LogOutputChannel, window } from "vscode";
import {
  CancellationToken,
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  type ShowDocumentResult,
  TransportKind,
} from "vscode-languageclient/node";
import { told } from "./languages.ts";
import { withLevels } from "./log.ts";
import { ruleOfPage } from "./rule-pages.ts";
import { environment } from "./runtime.ts";

/** The client of `dist/server.js`, not started yet. `openRule` shows a rule's page when the server asks for its address to be opened. */
export function createClient(
  context: ExtensionContext,
  log: LogOutputChannel,
  openRule: (rule: string) => Promise<void>,
): LanguageClient {
  const module = context.asAbsolutePath(join("dist", "server.js"));
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc, options: { env: environment } },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: [...told],
    outputChannel: withLevels(log),
    traceOutputChannel: withLevels(log),
    diagnosticPullOptions: { onChange: true },
    errorHandler: {
      error: (...given) => handler.error(...given),
      closed: () => handler.closed(),
    },
    middleware: {
      window: {
        showDocument: async (params, next) => {
          const rule = ruleOfPage(params.uri);
          if (!rule) return (await next(params, CancellationToken.None)) as ShowDocumentResult;
          await openRule(rule);
          return { success: true };
        },
      },
    },
  };
  // The name of the section of settings: `bouncerSafe.trace.server` is read by the client itself.
  const client = new LanguageClient("bouncerSafe", "bouncer-safe", server, options);
  const handler = restarting(client, log);
  return client;
}

/** Starts a crashed server again; where it crashes again and again (five times in three minutes), asks. */
function restarting(client: LanguageClient, log: LogOutputChannel): ErrorHandler {
  const usual = client.createDefaultErrorHandler();
  return {
    // Writes to the pipe of a server that is gone fail one after the other; `closed` decides what happens then.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    async closed() {
      const result = await usual.closed();
      if (result.action !== CloseAction.DoNotRestart) {
        log.warn("The server ended unexpectedly and is started again.");
        return result;
      }
      log.error("The server ended unexpectedly too often and is not started again.");
      void offerRestart(client, log);
      return { ...result, handled: true };
    },
  };
}

async function offerRestart(client: LanguageClient, log: LogOutputChannel): Promise<void> {
  const answer = await window.showErrorMessage(
    "bouncer-safe's server crashed five times in three minutes.",
    "Restart",
    "Show Log",
  );
  if (answer === "Restart") await client.start();
  if (answer === "Show Log") log.show();
}
