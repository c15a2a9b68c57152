import type { CodeAction } from "vscode-languageserver";
import type { Finding, Fix } from "../core/rule.ts";
import type { ActionContext } from "./code-actions.ts";
import { toDiagnostic } from "./diagnostics.ts";
import { joinable, toWorkspaceEdit } from "./edits.ts";
import { CodeActionKind } from "./library.ts";
import { fixAllKind } from "./protocol.ts";

/** Every fix of each finding, and the safe fixes of each rule for the whole file where there is more than one. */
export function fixActions(findings: readonly Finding[], context: ActionContext): CodeAction[] {
  const own = findings.flatMap((finding) => finding.fixes.map((fix) => fixAction(fix, finding, context)));
  const rules = new Set(findings.map(({ rule }) => rule));
  return [...own, ...[...rules].flatMap((rule) => fixRuleAction(rule, context))];
}

/** Every safe fix of the file; undefined where there is none. */
export function fixAllAction(context: ActionContext): CodeAction | undefined {
  const { outcome, path, session } = context;
  const fixes = safeFixes(outcome.findingsIn(path), path);
  if (fixes.length === 0) return undefined;
  return {
    title: "Fix all safe bouncer-safe findings",
    kind: fixAllKind,
    edit: toWorkspaceEdit(
      fixes.flatMap(({ edits }) => edits),
      outcome,
      session,
    ),
  };
}

function fixAction(fix: Fix, finding: Finding, { outcome, session }: ActionContext): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding, { ...session, outcome })],
    ...(session.features.preferredActions && fix === preferred(finding) && { isPreferred: true }),
    edit: toWorkspaceEdit(fix.edits, outcome, session),
  };
}

/** The first safe fix, or the first one. */
const preferred = ({ fixes }: Finding): Fix | undefined => fixes.find(({ safety }) => safety === "safe") ?? fixes[0];

function fixRuleAction(rule: string, { outcome, session, path }: ActionContext): CodeAction[] {
  const findings = outcome.findingsIn(path).filter((finding) => finding.rule === rule);
  const fixes = safeFixes(findings, path);
  if (fixes.length < 2) return [];
  return [
    {
      title: `Fix all ${rule} findings in this file`,
      kind: CodeActionKind.QuickFix,
      diagnostics: findings.map((finding) => toDiagnostic(finding, { ...session, outcome })),
      edit: toWorkspaceEdit(
        fixes.flatMap(({ edits }) => edits),
        outcome,
        session,
      ),
    },
  ];
}

/** One safe fix a finding, as many as can be made together, in this file alone. */
const safeFixes = (findings: readonly Finding[], path: string): Fix[] =>
  joinable(
    findings.flatMap(
      ({ fixes }) =>
        fixes.find(({ safety, edits }) => safety === "safe" && edits.every((edit) => edit.path === path)) ?? [],
    ),
  );
