import { toDiagnostics } from "./diagnostics.ts";
import { CancellationToken } from "./library.ts";
import type { Project } from "./project.ts";
import { Reports } from "./reports.ts";
import type { Session } from "./session.ts";

/** Diagnostics for clients that do not ask: published after each change, for every file whose diagnostics are others than before. */
export function pushDiagnostics(session: Session): void {
  const reports = new Reports("");
  const waiting = new Set<Project>();

  session.onChanged(schedule);
  session.documents.onDidChangeContent(({ document }) => {
    void session.ready.then(() => {
      const project = session.projectAt(document.uri);
      if (project) schedule(project);
    });
  });

  /** Edits that arrive together are answered together. */
  function schedule(project: Project): void {
    if (waiting.size === 0) setImmediate(publishWaiting);
    waiting.add(project);
  }

  function publishWaiting(): void {
    const projects = [...waiting];
    waiting.clear();
    for (const project of projects) session.faults.watch("Publishing diagnostics", publish(project));
  }

  async function publish(project: Project): Promise<void> {
    const outcome = await session.outcome(project, CancellationToken.None);
    if (outcome.crash) return;
    const left = new Set(reports.shown());
    for (const path of outcome.paths) {
      if (session.projectOf(path) !== project) continue;
      left.delete(path);
      send(path, toDiagnostics(path, { ...session, outcome }));
    }
    for (const path of left) {
      const owner = session.projectOf(path);
      // Findings of a project that is closed, or of a file that has none any more.
      if (!owner || owner === project) send(path, []);
    }
  }

  function send(path: string, diagnostics: ReturnType<typeof toDiagnostics>): void {
    if (!reports.isNew(path, diagnostics)) return;
    reports.give(path, diagnostics);
    const version = session.documentOf(path)?.version;
    const params = {
      uri: session.uriOf(path),
      diagnostics,
      ...(version !== undefined && { version }),
    };
    session.faults.watch("textDocument/publishDiagnostics", session.connection.sendDiagnostics(params));
  }
}
