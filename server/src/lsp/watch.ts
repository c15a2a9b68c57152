import { DidChangeWatchedFilesNotification } from "vscode-languageserver";
import { fromUri } from "./convert.ts";
import type { Session } from "./session.ts";

/** Every file that the analysis may read, by name. What does not matter among them is told apart by the workspace. */
const patterns = [
  "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py}",
  "**/{package,jsconfig,bouncer-safe,wrangler}.json",
  "**/tsconfig*.json",
  "**/wrangler.{toml,jsonc}",
  "**/{pnpm-workspace.yaml,pyproject.toml,requirements*.txt}",
  "**/*.{ini,prisma}",
  "**/.env*",
  "**/*compose*.{yml,yaml}",
  "**/{Dockerfile*,*.Dockerfile,*.dockerfile}",
  "**/.gitignore",
];

/** Follows what happens on disk. */
export function watchFiles(session: Session): void {
  const { connection, features, faults } = session;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    faults.watch("Following the disk", session.filesChanged(changes.flatMap(({ uri }) => fromUri(uri) ?? [])));
  });
  // The folders are read anew: which files were in the one that is gone is not known here.
  connection.workspace.onDidDeleteFiles(() => session.rescan());
  connection.workspace.onDidRenameFiles(() => session.rescan());
  if (!features.watchesFiles) return;
  const watchers = patterns.map((globPattern) => ({ globPattern }));
  faults.watch("Watching files", connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
}
