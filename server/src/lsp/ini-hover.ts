import type { Position } from "vscode-languageserver";
import type { Span } from "../core/text.ts";
import { iniDocument } from "./ini-documents.ts";
import { poolsMarkdown, readerOf } from "./ini-pools.ts";
import { iniSubjectAt } from "./ini-subject.ts";
import type { Outcome } from "./project.ts";
import type { Session } from "./session.ts";

export interface IniHover {
  readonly span: Span;
  readonly markdown: string;
}

/** In a configuration of PgBouncer: what the thing under the mouse means, and which pools of the workspace are judged by it. */
export function hoverIni(
  { uri, path, position }: { readonly uri: string; readonly path: string; readonly position: Position },
  outcome: Outcome,
  session: Session,
): IniHover | undefined {
  const ini = iniDocument(session, uri);
  const subject = ini && iniSubjectAt(ini, ini.lines.fromPosition(position), readerOf(path, outcome));
  if (!subject) return undefined;
  const pools = poolsMarkdown({ path, span: subject.statement }, outcome, session);
  return { span: subject.span, markdown: [subject.head, pools, subject.rest].filter(Boolean).join("\n\n") };
}
