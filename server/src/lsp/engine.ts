import type { Analyzer } from "../analyze.ts";
import type { PartialSettings } from "../config.ts";
import type { Rule } from "../core/rule.ts";
import type { Snapshot } from "../core/snapshot.ts";

/** The workspace as the language server uses it: open documents go in, snapshots come out. Paths are absolute, with `/`. */
export interface Texts {
  /** Reads the folders. Yields to the event loop; `snapshot()` may be asked for what is known so far. */
  scan(options: { readonly signal?: AbortSignal; readonly progress?: (seen: number) => void }): Promise<void>;
  /** An open document's text stands before the disk's. */
  setText(path: string, text: string): void;
  /** The document is closed: the disk's text counts again. */
  dropText(path: string): void | Promise<void>;
  /** Paths that were created, changed or deleted on disk. */
  changed(paths: readonly string[]): void | Promise<void>;
  snapshot(): Snapshot;
  /** Files that could not be read, and what is wrong with the configuration, for the log. */
  readonly problems: readonly { readonly path: string; readonly kind: string; readonly message: string }[];
}

/** The workspace of some folders, of which nothing is read yet. */
export type OpenWorkspace = (roots: readonly string[], settings: PartialSettings) => Texts;

/** What the editor tells about a rule. */
export type RuleSummary = Pick<Rule, "name" | "summary" | "why" | "dependsOn">;

/** The parts behind the server. The costly ones are loaded when the first file needs them, so `initialize` waits for none. */
export interface Engine {
  loadWorkspace(): Promise<OpenWorkspace>;
  /** For the folders that are analysed together. */
  loadAnalyzer(roots: readonly string[]): Promise<Analyzer>;
  loadRules(): Promise<readonly RuleSummary[]>;
}
