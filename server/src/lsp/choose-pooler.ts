import type { WorkspaceEdit } from "vscode-languageserver";
import { writePooler } from "../config/write.ts";
import { settingsFileOf } from "../workspace/settings.ts";
import { fromUri, Lines } from "./convert.ts";
import { innermost } from "./folders.ts";
import { type ChoosePoolerParams, type ChoosePoolerResult, choosePoolerRequest } from "./protocol.ts";
import { guarded } from "./requests.ts";
import type { Session } from "./session.ts";

/** Answers with the edit that writes a pooler into `bouncer-safe.json`; the client applies it, so that it can be undone. */
export function answerChoosePooler(session: Session): void {
  const { connection, faults } = session;
  const failed = (): ChoosePoolerResult => ({ fault: "The log names the cause." });
  const answer = guarded<ChoosePoolerParams, ChoosePoolerResult, []>(choosePoolerRequest, faults, failed, choose);
  connection.onRequest(choosePoolerRequest, answer);

  async function choose({ uri, pooler }: ChoosePoolerParams): Promise<ChoosePoolerResult> {
    await session.ready;
    const path = uri === undefined ? undefined : fromUri(uri);
    const project = (path === undefined ? undefined : session.projectOf(path)) ?? session.projects[0];
    const root = (path === undefined ? undefined : innermost(project?.roots ?? [], path)) ?? project?.roots[0];
    if (root === undefined) return { fault: "No folder is open that could hold it." };
    const file = settingsFileOf(root);
    const target = session.uriOf(file.path);
    // What is open may be ahead of the disk.
    const document = session.documentOf(file.path);
    const text = document?.getText() ?? file.text;
    const change = writePooler(text ?? "", pooler);
    if (!change) return { uri: target, fault: "bouncer-safe.json has a fault of syntax: mend it first." };
    const range = new Lines(text ?? "").toRange({ start: change.offset, end: change.offset + change.length });
    const edits = [{ range, newText: change.content }];
    return { uri: target, edit: editOf(target, edits, document?.version ?? null, text === undefined) };
  }

  function editOf(
    uri: string,
    edits: { range: ReturnType<Lines["toRange"]>; newText: string }[],
    version: number | null,
    isNew: boolean,
  ): WorkspaceEdit {
    if (!session.features.documentChanges) return { changes: { [uri]: edits } };
    const create = isNew ? [{ kind: "create" as const, uri, options: { ignoreIfExists: true } }] : [];
    return { documentChanges: [...create, { textDocument: { uri, version }, edits }] };
  }
}
