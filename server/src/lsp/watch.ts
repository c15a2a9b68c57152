import { fromUri } from "./convert.ts";
import { DidChangeWatchedFilesNotification, WatchKind } from "./library.ts";
import type { Session } from "./session.ts";
import { watchedNames } from "./watched-names.ts";

/** Follows what happens on disk. */
export function watchFiles(session: Session): void {
  const { connection, features, faults } = session;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    faults.watch(
      "Following the disk",
      session.filesChanged([...new Set(changes.flatMap(({ uri }) => fromUri(uri) ?? []))]),
    );
  });
  // The folders are read anew: which files were in the one that is gone is not known here.
  connection.workspace.onDidDeleteFiles(() => session.rescan());
  connection.workspace.onDidRenameFiles(() => session.rescan());
  if (!features.watchesFiles) return;
  // The name of a folder that is deleted is the only word of the files in it.
  const deletions = { globPattern: "**/*", kind: WatchKind.Delete };
  const watchers = [...watchedNames.map((globPattern) => ({ globPattern })), deletions];
  faults.watch("Watching files", connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
}
