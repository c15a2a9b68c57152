import type { Diagnostic } from "vscode-languageserver";

interface Given {
  readonly diagnostics: readonly Diagnostic[];
  readonly content: string;
  readonly id: string;
}

/**
 * Result ids. A file keeps its id as long as its diagnostics are what the client was last given; when they come back to what they
 * were some time ago they get a new one all the same, because the client does not keep old ones.
 */
export class Reports {
  readonly #prefix: string;
  readonly #given = new Map<string, Given>();
  #count = 0;

  /** The prefix tells the ids of one server from those of the one before it. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The id of a file's diagnostics, which count as given to the client from here on. */
  give(path: string, diagnostics: readonly Diagnostic[]): string {
    const given = this.#given.get(path);
    // The client asks for the workspace every few seconds, mostly while nothing happens.
    if (given?.diagnostics === diagnostics) return given.id;
    const content = JSON.stringify(diagnostics);
    const id = given?.content === content ? given.id : `${this.#prefix}-${++this.#count}`;
    this.#given.set(path, { diagnostics, content, id });
    return id;
  }

  /** True where the client was given other diagnostics for this file. */
  isStale(path: string, diagnostics: readonly Diagnostic[]): boolean {
    const given = this.#given.get(path);
    return given !== undefined && given.diagnostics !== diagnostics && given.content !== JSON.stringify(diagnostics);
  }

  /** True where the client was not given just these. A file without diagnostics of which it was never told is not new. */
  isNew(path: string, diagnostics: readonly Diagnostic[]): boolean {
    return (this.#given.get(path)?.content ?? "[]") !== JSON.stringify(diagnostics);
  }

  /** Files of which the client was given diagnostics that are not empty. */
  *shown(): Iterable<string> {
    for (const [path, { content }] of this.#given) if (content !== "[]") yield path;
  }
}
