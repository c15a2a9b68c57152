import { poolerNames } from "../../core/pooler-names.ts";
import type { Profile } from "../../core/profile.ts";
import type { Severity } from "../../core/rule.ts";
import { isAtLeast, type Version } from "../../core/version.ts";

/** In session mode a server connection belongs to one client for as long as that client is connected. */
export const sharesServers = (profile: Profile): boolean => profile.mode.value !== "session";

/** Nothing in the workspace says for sure which mode the pooler runs in. */
const isGuess = (profile: Profile): boolean => profile.mode.strength !== "stated";

/** A verdict that hangs on the pool mode: an error only where the mode is stated. */
export const byMode = (profile: Profile, severity: Severity): Severity =>
  severity === "error" && isGuess(profile) ? "warning" : severity;

/** Ends a message: the evidence for the pool mode that the verdict hangs on. */
export function because(profile: Profile): string {
  if (profile.mode.strength === "assumed") return "(assumes transaction pooling)";
  return profile.mode.strength === "weak"
    ? `(assumes transaction pooling: ${profile.mode.words})`
    : `(${profile.mode.words})`;
}

/** Whether the version is known to be older than this one. An unknown version is not. */
export const isOlderThan = ({ version }: Profile, than: Version): boolean =>
  version !== undefined && !isAtLeast(version.value, than);

/** The pooler as people call it; the database where the connection goes past every pooler. */
export const poolerName = (profile: Profile): string =>
  profile.direct ? "PostgreSQL" : poolerNames[profile.kind.value];
