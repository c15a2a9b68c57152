import { homedir } from "node:os";
import { join } from "node:path";

/** The user's own folder for what can be made again: reports, facts of files, and the compiled program (`scripts/load.cjs`). */
export const cacheFolder = (): string => {
  const { BOUNCER_SAFE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (BOUNCER_SAFE_CACHE) return BOUNCER_SAFE_CACHE;
  if (process.platform === "win32" && LOCALAPPDATA) return join(LOCALAPPDATA, "bouncer-safe");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "bouncer-safe");
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "bouncer-safe");
};
