import { strict as assert } from "node:assert";
import * as vscode from "vscode";

/** URI of a file of the workspace. */
export function fileUri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, path);
}

/** Opens a file of the workspace in an editor. */
export async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fileUri(path)));
}

/** The findings of a file, as `rule` names, in the order of their places. */
export function rulesIn(path: string): readonly string[] {
  return findingsIn(path).map(ruleOf);
}

export function findingsIn(path: string): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(fileUri(path))
    .filter((diagnostic) => diagnostic.source === "bouncer-safe")
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Resolves with the finding of a rule as soon as the file has one. */
export async function finding(path: string, rule: string): Promise<vscode.Diagnostic> {
  await until(
    () => rulesIn(path).includes(rule),
    () => `${path} has ${JSON.stringify(rulesIn(path))}, not ${rule}`,
  );
  return findingsIn(path).find((diagnostic) => ruleOf(diagnostic) === rule)!;
}

/** Resolves as soon as the file has no finding of a rule. */
export function noFinding(path: string, rule: string): Promise<void> {
  return until(
    () => !rulesIn(path).includes(rule),
    () => `${path} still has ${rule}`,
  );
}

/** Replaces the first `from` in a file's document and shows it. */
export async function replace(path: string, from: string, to: string): Promise<void> {
  const editor = await open(path);
  const at = editor.document.getText().indexOf(from);
  assert.ok(at >= 0, `${path} holds no ${from}`);
  const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + from.length));
  await editor.edit((edit) => edit.replace(range, to));
}

/** The quick fixes that the extension offers for a finding. */
export async function actionsFor(
  path: string,
  diagnostic: vscode.Diagnostic,
  kind = vscode.CodeActionKind.QuickFix,
): Promise<readonly vscode.CodeAction[]> {
  await open(path);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    fileUri(path),
    diagnostic.range,
    kind.value,
    50,
  );
  return actions.filter((action) => action.kind && kind.contains(action.kind));
}

/** Applies an action as the editor does: its edit, then its command. */
export async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action, "there is no such action");
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), `${action.title}: the edit was refused`);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

/** What every hover at a place says, as Markdown. */
export async function hoverAt(path: string, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    fileUri(path),
    position,
  );
  return hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value)).join("\n");
}

/** Resolves as soon as `condition` holds; rejects with what `otherwise` says, after 20 seconds. */
export async function until(condition: () => boolean | Promise<boolean>, otherwise: () => string): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new assert.AssertionError({ message: otherwise() });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
