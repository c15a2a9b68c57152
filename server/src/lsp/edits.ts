import type { TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver";
import type { Edit, Fix } from "../core/rule.ts";
import { LSPErrorCodes, ResponseError } from "./library.ts";
import type { Outcome } from "./project.ts";
import type { Session } from "./session.ts";

/**
 * The edits as the client applies them: for the versions that its open documents had when they were analysed. Throws the protocol's
 * "content modified" where such a document has changed since, because its offsets mean nothing any more.
 */
export function toWorkspaceEdit(edits: readonly Edit[], outcome: Outcome, session: Session): WorkspaceEdit {
  const documentChanges = [...byPath(edits)].map(([path, own]): TextDocumentEdit => {
    const document = session.documentOf(path);
    if (document && document.getText() !== outcome.text(path))
      throw new ResponseError(LSPErrorCodes.ContentModified, "The document has changed.");
    const lines = outcome.lines(path);
    return {
      textDocument: { uri: session.uriOf(path), version: document?.version ?? null },
      edits: own.map(({ span, newText }) => ({ range: lines.toRange(span), newText })),
    };
  });
  if (session.features.documentChanges) return { documentChanges };
  return {
    changes: Object.fromEntries(
      documentChanges.map(({ textDocument, edits: own }) => [textDocument.uri, own as never]),
    ),
  };
}

/** The fixes, first come first served, that can be made in one go: none touches what another one changes. */
export function joinable(fixes: Iterable<Fix>): Fix[] {
  const taken: Edit[] = [];
  const joined: Fix[] = [];
  for (const fix of fixes) {
    if (fix.edits.some((edit) => taken.some((other) => touch(edit, other)))) continue;
    taken.push(...fix.edits);
    joined.push(fix);
  }
  return joined;
}

/** Two insertions at one place touch: their order would be left to chance. */
const touch = (a: Edit, b: Edit): boolean =>
  a.path === b.path && (a.span.start === b.span.start || (a.span.start < b.span.end && b.span.start < a.span.end));

function byPath(edits: readonly Edit[]): Map<string, Edit[]> {
  const found = new Map<string, Edit[]>();
  for (const edit of edits) {
    const known = found.get(edit.path);
    if (known) known.push(edit);
    else found.set(edit.path, [edit]);
  }
  return found;
}
