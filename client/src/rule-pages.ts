import { commands, type ExtensionContext, env, Uri, window, workspace } from "vscode";
import { pageOf, pagesUrl } from "../../server/src/lsp/pages.ts";

/** The rule whose page the address is; undefined for any other address. */
export const ruleOfPage = (uri: string): string | undefined =>
  uri.startsWith(pagesUrl) ? /^([\w-]+)\.md$/.exec(uri.slice(pagesUrl.length))?.[1] : undefined;

/** Shows a rule's page, of those that came with the extension and so fit its version; without a name, asks which. */
export async function openRule(context: ExtensionContext, rule: unknown): Promise<void> {
  const folder = Uri.joinPath(context.extensionUri, "docs", "rules");
  const name = typeof rule === "string" && /^[\w-]+$/.test(rule) ? rule : await ask(folder);
  if (!name) return;
  const page = Uri.joinPath(folder, `${name}.md`);
  if (await exists(page)) await commands.executeCommand("markdown.showPreview", page);
  else await env.openExternal(Uri.parse(pageOf(name)));
}

async function ask(folder: Uri): Promise<string | undefined> {
  const entries = await workspace.fs.readDirectory(folder).then(
    (found) => found,
    // A build without its documentation has nothing to choose from.
    () => [],
  );
  const names = entries.flatMap(([name]) => /^([a-z-]+)\.md$/.exec(name)?.[1] ?? []);
  return window.showQuickPick(names.sort(), { placeHolder: "Which rule?" });
}

const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
