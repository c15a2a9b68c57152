import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes a file of the user's own folder, for the user alone, and whole: nobody reads half of it. A read-only home and a full disk keep nothing, silently. */
export const keep = (path: string, content: string | Uint8Array): void => {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const part = `${path}.${String(Math.random()).slice(2)}`;
    writeFileSync(part, content, { mode: 0o600 });
    renameSync(part, path);
  } catch {
    // It is made again the next time.
  }
};

/** Removes the files of a folder with such names that nobody wrote for so many ms, and of those that are left the oldest beyond so many bytes. */
export const forgetOld = (folder: string, names: RegExp, maximumAge: number, maximumBytes: number): void => {
  try {
    const oldest = Date.now() - maximumAge;
    const files = readdirSync(folder)
      .filter((name) => names.test(name))
      .map((name) => join(folder, name))
      .map((path) => ({ path, ...pick(statSync(path)) }))
      .sort((a, b) => b.written - a.written);
    let bytes = 0;
    for (const { path, written, size } of files) {
      bytes += size;
      if (written < oldest || bytes > maximumBytes) rmSync(path, { force: true });
    }
  } catch {
    // Nothing is kept, or somebody else cleans up at the same time.
  }
};

const pick = ({ mtimeMs, size }: { readonly mtimeMs: number; readonly size: number }) => ({ written: mtimeMs, size });
