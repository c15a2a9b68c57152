import { type QuickPickItem, Uri, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { poolerNames } from "../../server/src/core/pooler-names.ts";
import type { PoolerKind, PoolMode } from "../../server/src/core/profile.ts";
import {
  type ChoosePoolerParams,
  type ChoosePoolerResult,
  choosePoolerRequest,
} from "../../server/src/lsp/protocol.ts";

interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

const modes: readonly Choice<PoolMode>[] = [
  { value: "transaction", label: "transaction", detail: "A server connection for each transaction." },
  { value: "session", label: "session", detail: "A server connection for as long as the client is connected." },
  { value: "statement", label: "statement", detail: "A server connection for each statement; no transactions." },
];

const versionPattern = /^\d+(?:\.\d+){0,2}$/;

/** Asks which pooler it is and writes the answer into the project's `bouncer-safe.json`. Every question can be left, and nothing is written then. */
export async function choosePooler(client: LanguageClient): Promise<void> {
  const kinds = Object.entries(poolerNames).map(
    ([kind, label]): Choice<PoolerKind> => ({ value: kind as PoolerKind, label, description: kind }),
  );
  const title = "Choose Pooler";
  const kind = await window.showQuickPick(kinds, { title, placeHolder: "Which pooler?", matchOnDescription: true });
  if (!kind) return;
  const mode = await window.showQuickPick(modes, { title, placeHolder: "Which pool mode?" });
  if (!mode) return;
  const version = await askVersion(kind.value, title);
  if (version === undefined) return;

  const uri = window.activeTextEditor?.document.uri;
  const params: ChoosePoolerParams = {
    ...(uri?.scheme === "file" && { uri: uri.toString() }),
    pooler: { kind: kind.value, mode: mode.value, version: version || null },
  };
  const result = await client.sendRequest<ChoosePoolerResult>(choosePoolerRequest, params);
  if (!result.edit || !result.uri) {
    void window.showWarningMessage(`The pooler is not written down. ${result.fault}`);
    if (result.uri) await window.showTextDocument(Uri.parse(result.uri));
    return;
  }
  // The server's package declares the same type in a newer version.
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(result.edit as never);
  if (!edit || !(await workspace.applyEdit(edit))) return;
  const document = await workspace.openTextDocument(Uri.parse(result.uri));
  await document.save();
  await window.showTextDocument(document);
}

/** The version of a pooler that people run themselves; "" where it is not known, undefined where the question was left. */
async function askVersion(kind: PoolerKind, title: string): Promise<string | undefined> {
  if (kind !== "pgbouncer") return "";
  return window.showInputBox({
    title,
    prompt: "Which version? Leave it empty where you do not know.",
    placeHolder: "1.24.1",
    validateInput: (text) => (text === "" || versionPattern.test(text) ? undefined : 'A version like "1.24.1".'),
  });
}
