import type { RemoteConsole } from "vscode-languageserver";
import type { Texts } from "./engine.ts";
import type { Outcome } from "./project.ts";

/** Writes each failure to the client's log once, however often it comes again. */
export class Faults {
  readonly #console: Pick<RemoteConsole, "error">;
  readonly #told = new Set<string>();

  constructor(console: Pick<RemoteConsole, "error">) {
    this.#console = console;
  }

  /** `during` names the request or the stage. */
  tell(during: string, error: unknown): void {
    this.#once(`${during} failed: ${describe(error)}`);
  }

  /** For work that nobody waits for: its failure is told, and ends nothing else. */
  watch(during: string, work: Promise<unknown>): void {
    work.catch((error) => this.tell(during, error));
  }

  /** Files and rules that were set aside, and an analysis that failed as a whole. */
  tellOf(outcome: Outcome): void {
    if (outcome.crash) this.tell("The analysis", outcome.crash);
    for (const { path, rule, message } of outcome.analysis?.crashes ?? []) {
      const name = rule ? `Rule ${rule}` : "The front end";
      this.#once(`${name} failed${path ? ` on ${path}` : ""} and is left out there: ${message}`);
    }
  }

  /** Files that the analysis goes without. */
  tellProblems(problems: Texts["problems"]): void {
    for (const { path, kind, message } of problems) if (kind !== "set aside") this.#once(`${path}: ${message}`);
  }

  #once(words: string): void {
    if (this.#told.has(words)) return;
    this.#told.add(words);
    this.#console.error(words);
  }
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
