import { join } from "node:path";
import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath(join("server.cjs"));
  client = new LanguageClient(
    "neighbour",
    "Python Neighbour",
    { module, transport: TransportKind.ipc },
    { documentSelector: [{ language: "python" }] },
  );
  await client.start();
}

export const deactivate = (): Promise<void> | undefined => client?.stop();
