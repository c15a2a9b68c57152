import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Files by relative path: text, or bytes where the encoding matters. */
export type Files = Readonly<Record<string, string | Buffer>>;

export interface TemporaryFolder {
  /** Absolute. */
  readonly path: string;
  at(path: string): string;
  write(files: Files): void;
  remove(): void;
}

export const createFolder = (files: Files = {}): TemporaryFolder => {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "bouncer-safe-")));
  const folder: TemporaryFolder = {
    path,
    at: (inner) => join(path, inner),
    write(more) {
      for (const [inner, content] of Object.entries(more)) {
        mkdirSync(dirname(join(path, inner)), { recursive: true });
        writeFileSync(join(path, inner), content);
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  folder.write(files);
  return folder;
};
