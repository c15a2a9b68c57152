import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** The user's own folder for what can be made again: reports, and the compiled program (`scripts/load.cjs`). */
export const cacheFolder = (): string => {
  const { BOUNCER_SAFE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (BOUNCER_SAFE_CACHE) return BOUNCER_SAFE_CACHE;
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "bouncer-safe");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "bouncer-safe");
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "bouncer-safe");
};

/** Writes a file of that folder, for the user alone, and whole: nobody reads half of it. A read-only home and a full disk keep nothing, silently. */
export const keep = (path: string, content: string | Uint8Array): void => {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const part = `${path}.${process.pid}`;
    writeFileSync(part, content, { mode: 0o600 });
    renameSync(part, path);
  } catch {
    // It is made again the next time.
  }
};
