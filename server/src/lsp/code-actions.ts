import type { CancellationToken, CodeAction, CodeActionParams } from "vscode-languageserver";
import type { Span } from "../core/text.ts";
import { fromUri } from "./convert.ts";
import { fixActions, fixAllAction } from "./fix-actions.ts";
import { CodeActionKind, CodeActionTriggerKind } from "./library.ts";
import type { Outcome } from "./project.ts";
import { fixAllKind } from "./protocol.ts";
import { guarded, unlessCancelled } from "./requests.ts";
import { ruleActions } from "./rule-actions.ts";
import type { Session } from "./session.ts";
import { suppressActions } from "./suppress-actions.ts";

/** What the actions are made for. */
export interface ActionContext {
  readonly session: Session;
  readonly outcome: Outcome;
  readonly path: string;
}

/** `textDocument/codeAction`: fixes, ways to silence a finding, its rule's page, and every safe fix of the file at once. */
export function answerCodeActions(session: Session): void {
  session.connection.onCodeAction(guarded("textDocument/codeAction", session.faults, () => [], codeActions));

  async function codeActions(
    { textDocument, range, context }: CodeActionParams,
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    await session.ready;
    const path = fromUri(textDocument.uri);
    const project = path === undefined ? undefined : session.projectOf(path);
    if (path === undefined || !project) return [];

    const { only, triggerKind } = context;
    const wantsFixes = includes(only, CodeActionKind.QuickFix);
    // The lamp that appears while the cursor moves is for the finding under it.
    const wantsFixAll =
      includes(only, fixAllKind) && (only !== undefined || triggerKind !== CodeActionTriggerKind.Automatic);
    // What runs on save must not rest on half a workspace.
    if (wantsFixAll && !wantsFixes && project.scanning) await unlessCancelled(project.scanning, token);

    const outcome = await session.outcome(project, token);
    const here: ActionContext = { session, outcome, path };
    const actions: CodeAction[] = [];
    if (wantsFixes) {
      const findings = outcome.findingsIn(path).filter(({ span }) => meet(span, outcome.lines(path).fromRange(range)));
      actions.push(...fixActions(findings, here), ...suppressActions(findings, here), ...ruleActions(findings, here));
    }
    const fixAll = wantsFixAll ? fixAllAction(here) : undefined;
    return fixAll ? [...actions, fixAll] : actions;
  }
}

/** True where the client asks for actions of the kind: by its name or by one above it. */
const includes = (only: readonly string[] | undefined, kind: string): boolean =>
  only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));

/** A cursor at either end of a finding is on it. */
const meet = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;
