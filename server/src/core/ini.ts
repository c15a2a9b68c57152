import type { Pool } from "./model.ts";
import type { Evidenced } from "./profile.ts";
import type { Place, Span } from "./text.ts";

/** One `key = value` line of an ini file. */
export interface IniEntry {
  /** Without quotes. */
  readonly key: string;
  readonly value: string;
  /** With the quotes, where there are any. */
  readonly keySpan: Span;
  /** Without the space around it; empty at the end of the line where there is no value. */
  readonly valueSpan: Span;
  /** From 1. */
  readonly line: number;
}

export interface IniSection {
  readonly name: string;
  /** The header with its brackets. */
  readonly headerSpan: Span;
  readonly line: number;
  readonly entries: readonly IniEntry[];
}

export interface IniInclude {
  readonly file: string;
  readonly span: Span;
  readonly line: number;
  /** The section in which its entries go on. */
  readonly section: string | undefined;
}

/** An ini file as PgBouncer reads it. Everything is in source order. */
export interface IniFile {
  readonly sections: readonly IniSection[];
  readonly includes: readonly IniInclude[];
  /** Entries before the first header, which is what an included file may hold. */
  readonly loose: readonly IniEntry[];
  /** Lines that PgBouncer cannot read; it does not start then. */
  readonly unreadable: readonly { readonly span: Span; readonly line: number }[];
  /** From their first sign to the end of their line. */
  readonly comments: readonly Span[];
}

/** An entry as PgBouncer meets it, which `%include` may have brought in. */
export interface PlacedEntry {
  readonly path: string;
  /** undefined before the first header. */
  readonly section: string | undefined;
  readonly entry: IniEntry;
  /** How many [pgbouncer] headers came before: each sets every setting back to its default. */
  readonly round: number;
}

/** A PgBouncer that an ini file of the workspace configures, with the files that it includes. */
export interface Bouncer {
  /** The ini file that PgBouncer is started with; of a fragment that nothing in the workspace includes: its own. */
  readonly path: string;
  /** `fragment`: holds a part of a configuration whose rest is not in the workspace. */
  readonly role: "main" | "fragment";
  /** The file and what it includes, as far as the workspace has it. */
  readonly files: readonly { readonly path: string; readonly ini: IniFile }[];
  /** False where an included file is not in the workspace, and for a fragment: it may hold more. */
  readonly complete: boolean;
  /** `%include` lines that lead back to a file that is being read: PgBouncer stops at a depth of 10. */
  readonly circular: readonly Place[];
  /** True where some of the text is filled in before PgBouncer reads it (`${POOL_MODE}`, `{{ … }}`). */
  readonly template: boolean;
  /** In the order in which PgBouncer meets them. */
  readonly entries: readonly PlacedEntry[];
  /** What counts of [pgbouncer], by name: the last entry after the last header. */
  readonly settings: ReadonlyMap<string, PlacedEntry>;
  readonly version?: Evidenced<readonly number[]>;
  /** Pools of the workspace whose connections go through it. */
  readonly pools: readonly Pool[];
  /** Those that log in as one of `admin_users`. */
  readonly consolePools: readonly Pool[];
  /** `max_connections` of the server behind it. */
  readonly serverConnections?: Evidenced<number>;
}
