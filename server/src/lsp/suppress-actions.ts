import type { CodeAction } from "vscode-languageserver";
import type { DirectiveFact, FileFacts } from "../core/facts.ts";
import type { Edit, Finding } from "../core/rule.ts";
import { contains, slice, span } from "../core/text.ts";
import { unusedSuppression } from "../suppressions.ts";
import type { ActionContext } from "./code-actions.ts";
import { toDiagnostic } from "./diagnostics.ts";
import { toWorkspaceEdit } from "./edits.ts";
import { CodeActionKind } from "./library.ts";
import type { Outcome } from "./project.ts";
import { onePerRule } from "./rule-actions.ts";

/** Comments that silence each finding's rule, for its line and for the whole file. A file without facts has no such comments. */
export function suppressActions(findings: readonly Finding[], { session, outcome }: ActionContext): CodeAction[] {
  const action = (title: string, finding: Finding, edit: Edit | undefined): CodeAction[] => {
    if (!edit) return [];
    const diagnostics = [toDiagnostic(finding, { ...session, outcome })];
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit: toWorkspaceEdit([edit], outcome, session) }];
  };
  // A comment that hides nothing is not mended by another one.
  const silenceable = findings.filter(({ rule }) => rule !== unusedSuppression);
  return onePerRule(silenceable).flatMap((finding) => [
    ...action(`Disable ${finding.rule} for this line`, finding, lineSuppression(finding, outcome)),
    ...action(`Disable ${finding.rule} for this file`, finding, fileSuppression(finding, outcome)),
  ]);
}

/** How a language writes a comment: up to the end of the line, and, where it can, within one. */
interface CommentSyntax {
  readonly line: string;
  readonly inline?: readonly [string, string];
}

const slashes: CommentSyntax = { line: "//", inline: ["/*", "*/"] };

const syntaxes: readonly (readonly [ending: RegExp, syntax: CommentSyntax])[] = [
  [/\.[cm]?[jt]sx?$/, slashes],
  [/\.py$/, { line: "#" }],
  [/\.ini$/, { line: ";" }],
  [/\.prisma$/, { line: "//" }],
];

const syntaxOf = (path: string): CommentSyntax | undefined => syntaxes.find(([ending]) => ending.test(path))?.[1];

function lineSuppression({ path, span: at, rule }: Finding, outcome: Outcome): Edit | undefined {
  const text = outcome.text(path);
  const syntax = syntaxOf(path);
  const facts = outcome.analysis?.facts.get(path);
  if (text === undefined || !syntax || !facts) return undefined;
  const line = outcome.lines(path).lineAt(at.start);

  const present = facts.directives.find(({ kind, covers }) => kind !== "disable-file" && contains(covers, line));
  if (present) return extended(present, rule, path, text);
  if (!isCommentable(line.start, facts, text, path)) {
    if (!syntax.inline) return undefined;
    const [open, close] = syntax.inline;
    return { path, span: span(at.start, at.start), newText: `${open} bouncer-safe-disable-line ${rule} ${close} ` };
  }
  const indent = /^[ \t]*/.exec(slice(text, line))![0];
  const newText = `${indent}${syntax.line} bouncer-safe-disable-next-line ${rule}${lineEnd(text)}`;
  return { path, span: span(line.start, line.start), newText };
}

function fileSuppression({ path, rule }: Finding, outcome: Outcome): Edit | undefined {
  const text = outcome.text(path);
  const syntax = syntaxOf(path);
  const facts = outcome.analysis?.facts.get(path);
  if (text === undefined || !syntax || !facts) return undefined;
  const present = facts.directives.find(({ kind }) => kind === "disable-file");
  if (present) return extended(present, rule, path, text);
  const at = prologue.exec(text)![0].length;
  return { path, span: span(at, at), newText: `${syntax.line} bouncer-safe-disable ${rule}${lineEnd(text)}` };
}

/** What must stay the first in a file: a byte order mark, `#!`, Python's declaration of its encoding. */
const prologue = /^\uFEFF?(?:#!.*(?:\r\n|[\r\n]))?(?:#.*coding[:=].*(?:\r\n|[\r\n]))?/;

/** Another name in a comment that is there already. One without names covers every rule, so no finding is left to ask. */
function extended({ span: comment }: DirectiveFact, rule: string, path: string, text: string): Edit | undefined {
  const names = /bouncer-safe-disable(?:-next-line|-line)?(?:(?!\s--(?:\s|$)|\s*\*\/$)[\s\S])*/.exec(
    slice(text, comment),
  );
  if (!names) return undefined;
  const end = comment.start + names.index + names[0].trimEnd().length;
  return { path, span: span(end, end), newText: `, ${rule}` };
}

/**
 * False where a line of its own would not be a comment: the line begins within a text, goes on behind a backslash of Python, or may be
 * JSX. In JSX the start of a statement is the one place that is known to be code.
 */
function isCommentable(lineStart: number, facts: FileFacts, text: string, path: string): boolean {
  if (/\.(?:[jt]sx|js)$/.test(path)) {
    const first = lineStart + /^[ \t]*/.exec(text.slice(lineStart))![0].length;
    return facts.statements.some((statement) => statement.span.start === first);
  }
  if (path.endsWith(".py") && /\\(?:\r\n|\n|\r)$/.test(text.slice(Math.max(0, lineStart - 3), lineStart))) return false;
  return !facts.functions.some(({ blocks }) =>
    blocks.some(({ instructions }) =>
      instructions.some(
        (each) =>
          (each.op === "literal" || each.op === "template") && each.span.start < lineStart && lineStart < each.span.end,
      ),
    ),
  );
}

const lineEnd = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
