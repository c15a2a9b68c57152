import type { FileFacts } from "./core/facts.ts";
import type { Model } from "./core/model.ts";
import type { Profile } from "./core/profile.ts";
import type { Finding } from "./core/rule.ts";
import type { Snapshot } from "./core/snapshot.ts";

export interface Analysis {
  /** After suppression, by path, then position, then rule. */
  readonly findings: readonly Finding[];
  readonly model: Model;
  readonly facts: ReadonlyMap<string, FileFacts>;
  /** What is assumed where no pool says otherwise: for the status item and the report. */
  readonly profile: Profile;
  /** Files and rules that failed; each costs only its own findings. */
  readonly crashes: readonly { readonly path?: string; readonly rule?: string; readonly message: string }[];
  /** Milliseconds by stage (`collect`, `link`, `check`, `suppress`) and by rule (`check/<rule>`). */
  readonly timing: readonly { readonly stage: string; readonly ms: number }[];
}

/** Analyses snapshot after snapshot; keeps what did not change from one to the next. Same snapshot, same findings. */
export interface Analyzer {
  analyze(snapshot: Snapshot): Promise<Analysis>;
}
