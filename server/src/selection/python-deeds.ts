import type { Driver, Effect, Member } from "../core/driver.ts";
import { anyOf, sessionText } from "./deed-text.ts";

/** The names of the members of Python's drivers that count, by what they do. */
export interface PythonWords {
  /** Takes a connection, or begins a transaction. */
  readonly opening: ReadonlySet<string>;
  /** Gives one back, or ends one. */
  readonly closing: ReadonlySet<string>;
  /** Anything else that does more than sending what it is told to. */
  readonly other: ReadonlySet<string>;
}

export function pythonWords(drivers: Iterable<Driver>): PythonWords {
  const words = { opening: new Set<string>(), closing: new Set<string>(), other: new Set<string>() };
  for (const { types } of drivers)
    for (const { members = {} } of Object.values(types))
      for (const [name, member] of Object.entries(members)) {
        // What `with` calls is nowhere written.
        const effects = name.startsWith("__") ? [] : effectsOf(member);
        for (const { does } of effects) {
          const kind = kinds[does];
          if (kind !== undefined) words[kind].add(name);
        }
      }
  return words;
}

const effectsOf = (member: Member): readonly Effect[] =>
  [member].flat().flatMap((one) => ("effects" in one ? (one.effects ?? []) : []));

const kinds: Readonly<Partial<Record<Effect["does"], keyof PythonWords>>> = {
  acquires: "opening",
  begins: "opening",
  opens: "opening",
  releases: "closing",
  commits: "closing",
  "rolls back": "closing",
  ends: "closing",
  "runs in transaction": "other",
  "runs in session": "other",
  listens: "other",
  prepares: "other",
};

/**
 * Finds deeds in the text of a test: what takes a connection or begins a transaction, what listens, SQL that is more than reading and writing rows, and
 * what decides for others how their statements are committed. To end what others began is none.
 */
export class PythonDeedText {
  private readonly members: RegExp;

  constructor({ opening, other }: PythonWords) {
    this.members = new RegExp(`\\.\\s*${anyOf([...opening, ...other])}\\s*\\(`);
  }

  isIn(text: string): boolean {
    return this.members.test(text) || others.test(text) || sessionText(text);
  }
}

const others = new RegExp(
  [
    // Comments for this tool.
    "bouncer-safe-",
    // Django's settings.
    "^[ \\t]*DATABASES\\s*[:=]",
    // Connections that commit by themselves, whoever has them afterwards.
    "\\b(?:autocommit|isolation_level|set_session|set_autocommit|set_isolation_level)\\b",
    // Listeners of an engine.
    "\\blistens_for\\b|\\bevent\\.listen\\b",
    // A handle that is put where others find it.
    "\\.\\w*(?:session|engine|pool|conn|connection|database|db|cursor)\\w*\\s*=(?!=|\\s*(?:\\w*Mock|mocker|None|[\"']))",
  ].join("|"),
  "im",
);
