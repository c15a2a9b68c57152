import type {
  CancellationToken,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { fromUri } from "./convert.ts";
import { toDiagnostics } from "./diagnostics.ts";
import { DocumentDiagnosticReportKind } from "./library.ts";
import type { Outcome, Project } from "./project.ts";
import { Reports } from "./reports.ts";
import { guarded, unlessCancelled } from "./requests.ts";
import type { Session } from "./session.ts";

/** Diagnostics for clients that ask for them (`textDocument/diagnostic`, `workspace/diagnostic`). */
export function answerPulls(session: Session): void {
  const { connection, faults } = session;
  const reports = new Reports(Date.now().toString(36));
  const refresh = new Refresh(session);
  const { diagnostics } = connection.languages;

  diagnostics.on(guarded("textDocument/diagnostic", faults, sameAsBefore, documentReport));
  diagnostics.onWorkspace(guarded("workspace/diagnostic", faults, () => ({ items: [] }), workspaceReport));
  session.onChanged(() => refresh.ask());

  async function documentReport(
    params: DocumentDiagnosticParams,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport> {
    await session.ready;
    const { textDocument, previousResultId } = params;
    const path = fromUri(textDocument.uri);
    const project = path === undefined ? undefined : session.projectOf(path);
    if (path === undefined || !project) return { kind: DocumentDiagnosticReportKind.Full, items: [] };

    const outcome = await session.outcome(project, token);
    if (outcome.crash) return sameAsBefore(params);
    const items = toDiagnostics(path, { ...session, outcome });
    const resultId = reports.give(path, items);
    refreshOthers(path, project, outcome);
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }

  /** Waits for a scan that is under way: half a workspace is no report of it. */
  async function workspaceReport(
    { previousResultIds }: WorkspaceDiagnosticParams,
    token: CancellationToken,
  ): Promise<WorkspaceDiagnosticReport> {
    await session.ready;
    await unlessCancelled(Promise.all(session.projects.map(({ scanning }) => scanning)), token);

    const previous = new Map(previousResultIds.flatMap(({ uri, value }) => pathEntry(uri, value)));
    const left = new Set([...previous.keys(), ...reports.shown()]);
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const project of session.projects) {
      const outcome = await session.outcome(project, token);
      if (outcome.crash) {
        for (const path of left) if (session.projectOf(path) === project) left.delete(path);
        continue;
      }
      for (const path of outcome.paths) {
        if (session.projectOf(path) !== project) continue;
        left.delete(path);
        items.push(report(path, outcome, previous.get(path)));
      }
    }
    for (const path of left) items.push(report(path, undefined, previous.get(path)));
    return { items };
  }

  function report(
    path: string,
    outcome: Outcome | undefined,
    previousResultId: string | undefined,
  ): WorkspaceDocumentDiagnosticReport {
    const items = outcome ? toDiagnostics(path, { ...session, outcome }) : [];
    const resultId = reports.give(path, items);
    const document = { uri: session.uriOf(path), version: session.documentOf(path)?.version ?? null };
    if (resultId === previousResultId) return { ...document, kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { ...document, kind: DocumentDiagnosticReportKind.Full, resultId, items };
  }

  /** An edit in one file can change the findings of another that is open. */
  function refreshOthers(answered: string, project: Project, outcome: Outcome): void {
    for (const path of session.openPaths) {
      if (path === answered || session.projectOf(path) !== project) continue;
      if (reports.isStale(path, toDiagnostics(path, { ...session, outcome }))) refresh.askFor(outcome);
    }
  }
}

const pathEntry = (uri: string, value: string): [string, string][] => {
  const path = fromUri(uri);
  return path === undefined ? [] : [[path, value]];
};

/** After a crash the client keeps what it shows. */
const sameAsBefore = ({
  previousResultId,
}: Pick<DocumentDiagnosticParams, "previousResultId">): DocumentDiagnosticReport =>
  previousResultId === undefined
    ? { kind: DocumentDiagnosticReportKind.Full, items: [] }
    : { kind: DocumentDiagnosticReportKind.Unchanged, resultId: previousResultId };

/** Asks the client to pull again, once for everything that happens in one turn of the event loop. */
class Refresh {
  readonly #session: Session;
  #asked = false;
  #askedFor: Outcome | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  ask(): void {
    if (this.#asked || !this.#session.features.refreshesDiagnostics) return;
    this.#asked = true;
    setImmediate(() => {
      this.#asked = false;
      this.#session.faults.watch(
        "workspace/diagnostic/refresh",
        this.#session.connection.languages.diagnostics.refresh(),
      );
    });
  }

  /** Once an outcome: a client that does not pull again is not asked twice. */
  askFor(outcome: Outcome): void {
    if (this.#askedFor === outcome) return;
    this.#askedFor = outcome;
    this.ask();
  }
}
