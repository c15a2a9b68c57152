import type { CodeAction } from "vscode-languageserver";
import type { Finding } from "../core/rule.ts";
import type { ActionContext } from "./code-actions.ts";
import { toDiagnostic } from "./diagnostics.ts";
import { CodeActionKind } from "./library.ts";
import { openRuleCommand } from "./protocol.ts";

/** Opens the page of each finding's rule, for clients that can open one. */
export function ruleActions(findings: readonly Finding[], { session, outcome }: ActionContext): CodeAction[] {
  if (!session.features.showsDocuments) return [];
  return onePerRule(findings).map((finding) => {
    const title = `Explain ${finding.rule}`;
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [toDiagnostic(finding, { ...session, outcome })],
      command: { title, command: openRuleCommand, arguments: [finding.rule] },
    };
  });
}

/** The first finding of each rule. */
export const onePerRule = (findings: readonly Finding[]): Finding[] =>
  findings.filter((finding, index) => findings.findIndex(({ rule }) => rule === finding.rule) === index);
