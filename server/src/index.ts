/** The engine as a library: `Workspace` reads a folder, an `Analyzer` tells what is wrong in its snapshots. */
export { type Analysis, type Analyzer, type Crash, createAnalyzer } from "./analyze.ts";
export type { Model, Pool, Transaction } from "./core/model.ts";
export type { Profile } from "./core/profile.ts";
export type { Edit, Finding, Fix, Rule, Severity } from "./core/rule.ts";
export { defaultSettings, type Settings } from "./core/settings.ts";
export type { Snapshot } from "./core/snapshot.ts";
export { rules } from "./rules/index.ts";
export { Workspace } from "./workspace.ts";
