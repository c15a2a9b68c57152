import type { Diagnostic, DiagnosticRelatedInformation } from "vscode-languageserver";
import type { Finding, Severity } from "../core/rule.ts";
import type { ClientFeatures } from "./features.ts";
import { DiagnosticSeverity } from "./library.ts";
import { pageOf } from "./pages.ts";
import type { Outcome } from "./project.ts";

/** The `source` of every diagnostic. */
export const source = "bouncer-safe";

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export interface DiagnosticContext {
  readonly outcome: Outcome;
  readonly features: ClientFeatures;
  /** The URI under which the editor knows a path. */
  readonly uriOf: (path: string) => string;
}

/** What the files of an outcome were converted to. */
const converted = new WeakMap<Outcome, Map<string, Diagnostic[]>>();

/** The diagnostics of a file: the same array as long as the outcome is the same. */
export function toDiagnostics(path: string, context: DiagnosticContext): Diagnostic[] {
  const known = converted.get(context.outcome) ?? new Map<string, Diagnostic[]>();
  converted.set(context.outcome, known);
  const diagnostics =
    known.get(path) ?? context.outcome.findingsIn(path).map((finding) => toDiagnostic(finding, context));
  known.set(path, diagnostics);
  return diagnostics;
}

export function toDiagnostic(finding: Finding, context: DiagnosticContext): Diagnostic {
  const { outcome, features } = context;
  const related = features.relatedInformation ? relatedInformation(finding, context) : [];
  const lines = outcome.lines(finding.path);
  return {
    // A pool's options may fill the screen; the fault is seen where it begins.
    range: lines.toRange(lines.firstLine(finding.span)),
    severity: severities[finding.severity],
    code: finding.rule,
    ...(features.codeDescription && { codeDescription: { href: pageOf(finding.rule) } }),
    source,
    message: finding.message,
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

const relatedInformation = (finding: Finding, { outcome, uriOf }: DiagnosticContext): DiagnosticRelatedInformation[] =>
  finding.related.map(({ place, message }) => ({
    location: { uri: uriOf(place.path), range: outcome.lines(place.path).toRange(place.span) },
    message,
  }));
