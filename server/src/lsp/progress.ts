import type { Project } from "./project.ts";
import type { Session } from "./session.ts";

/** Reads a project's folders and shows in the client how far it is, with a button to stop. */
export async function scanWithProgress(project: Project, { connection, features }: Session): Promise<void> {
  const stop = new AbortController();
  let shown = 0;
  const scan = (progress: (seen: number) => void) => project.scan({ signal: stop.signal, progress });
  if (!features.progress) return scan(() => {});

  let report: ((words: string) => void) | undefined;
  let done: (() => void) | undefined;
  let ended = false;
  // The scan does not wait for the client to agree to the token.
  connection.window.createWorkDoneProgress().then(
    (reporter) => {
      if (ended) return;
      reporter.token.onCancellationRequested(() => stop.abort());
      reporter.begin("bouncer-safe", undefined, "reading the workspace", true);
      report = (words) => reporter.report(words);
      done = () => reporter.done();
    },
    // A client that refuses the token gets no progress.
    () => {},
  );
  try {
    await scan((seen) => {
      if (seen - shown < 500) return;
      shown = seen;
      report?.(`${seen} files`);
    });
  } finally {
    ended = true;
    done?.();
  }
}
