import type { Model } from "./model.ts";
import type { Place } from "./text.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** A change of one file's text. */
export interface Edit extends Place {
  readonly newText: string;
}

/** `safe`: keeps the meaning, may run on save and in `--fix`. `suggestion`: offered one by one. */
export interface Fix {
  readonly title: string;
  readonly safety: "safe" | "suggestion";
  readonly edits: readonly Edit[];
}

export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  /** May be made when they are first asked for: to be asked for while the analysis is the newest. */
  readonly fixes: readonly Fix[];
}

/** What a rule yields: identity is added by the engine; `severity` only where it differs from the rule's default. */
export interface Report {
  readonly place: Place;
  readonly message: string;
  readonly severity?: Severity;
  readonly related?: Finding["related"];
  /** As a function where they take time to make: most findings are shown far more often than mended. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
}

export interface Rule {
  /** The file's name, the fixture folder's name, the page's name. */
  readonly name: string;
  /** One line, present tense, for tables. */
  readonly summary: string;
  /** Markdown: what happens behind a pooler, what to do, and, last, what the rule does not see. */
  readonly why: string;
  readonly group: "pools" | "transactions" | "session" | "python" | "pgbouncer.ini";
  readonly severity: Severity;
  readonly fix: "safe" | "suggestion" | "both" | "none";
  /** Values of the profile that the verdict depends on, for the page and the hover. */
  readonly dependsOn: readonly (
    | "kind"
    | "mode"
    | "version"
    | "maxPreparedStatements"
    | "clientIdleTimeout"
    | "ignoreStartupParameters"
    | "trackExtraParameters"
    | "serverResetQueryAlways"
  )[];
  check(model: Model): Iterable<Report>;
}
