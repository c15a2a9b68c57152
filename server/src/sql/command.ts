import type { Span } from "../core/text.ts";

/** How long a setting lives: until the connection closes, until the transaction ends, or (SET TRANSACTION) this one transaction. */
export type SetScope = "session" | "local" | "transaction";

/** The leading verb of a statement that says nothing of the session. `unknown`: begins with a word that is not listed. */
export type SqlVerb =
  | "select"
  | "insert"
  | "update"
  | "delete"
  | "merge"
  | "values"
  | "ddl"
  | "explain"
  | "show"
  | "fetch"
  | "close"
  | "lock"
  | "call"
  | "do"
  | "vacuum"
  | "analyze"
  | "refresh"
  | "checkpoint"
  | "unknown";

/**
 * What one statement (or one function call inside it) does to the connection. A statement gives its own command first, then one
 * for every call of interest in it, in source order. A name or value that is not constant is absent.
 */
export type SqlDeed =
  | { readonly does: "begin" }
  | { readonly does: "commit"; readonly chain: boolean }
  | { readonly does: "rollback"; readonly chain: boolean }
  | { readonly does: "savepoint"; readonly name?: string }
  | { readonly does: "release savepoint"; readonly name?: string }
  | { readonly does: "rollback to"; readonly name?: string }
  /** Two-phase: PREPARE TRANSACTION ends the session's transaction; the other two run outside one. */
  | { readonly does: "prepare transaction" }
  | { readonly does: "commit prepared" }
  | { readonly does: "rollback prepared" }
  /** `SET … TO DEFAULT` has `toDefault`. SET TRANSACTION is `transaction`, SET SESSION CHARACTERISTICS `session characteristics`. */
  | {
      readonly does: "set";
      readonly name?: string;
      readonly scope: SetScope;
      readonly value?: string;
      readonly toDefault?: true;
    }
  | { readonly does: "set constraints" }
  /** `all`: RESET ALL. */
  | { readonly does: "reset"; readonly name?: string }
  | { readonly does: "discard"; readonly what: "all" | "plans" | "sequences" | "temp" }
  /** `role` is absent where it is not constant; `none` is SET ROLE NONE. */
  | { readonly does: "set role"; readonly scope: "session" | "local"; readonly role?: string }
  | { readonly does: "set session authorization"; readonly scope: "session" | "local"; readonly role?: string }
  /** `isLocal` is absent where it is not constant. */
  | { readonly does: "set_config"; readonly name?: string; readonly value?: string; readonly isLocal?: boolean }
  | {
      readonly does: "advisory lock";
      /** `pg_try_advisory_xact_lock` … */
      readonly function: string;
      readonly scope: "session" | "transaction";
      readonly how: "lock" | "try" | "unlock" | "unlock all";
    }
  | { readonly does: "listen"; readonly channel?: string }
  /** Without a channel where it is UNLISTEN *, or not constant. */
  | { readonly does: "unlisten"; readonly channel?: string }
  | { readonly does: "notify"; readonly channel?: string }
  | {
      readonly does: "create temp";
      readonly what: "table" | "view" | "sequence";
      readonly name?: string;
      readonly onCommit: "preserve" | "delete" | "drop";
    }
  | { readonly does: "prepare"; readonly name?: string }
  | { readonly does: "execute"; readonly name?: string }
  | { readonly does: "deallocate"; readonly name?: string; readonly all: boolean }
  | { readonly does: "declare cursor"; readonly name?: string; readonly hold: boolean }
  | { readonly does: "load"; readonly file?: string }
  /** `currval`, `lastval`: they answer for the session that called `nextval`. */
  | { readonly does: "session function"; readonly function: "currval" | "lastval" }
  | { readonly does: "copy"; readonly direction: "from" | "to" }
  | { readonly does: "other"; readonly verb: SqlVerb };

/**
 * A deed with the span of its statement (for calls: of the call's name). UTF-16 offsets in the pieces joined together, where an
 * unknown piece has no width.
 */
export type SqlCommand = SqlDeed & { readonly span: Span };
