import { indentAt, replace, styleOf } from "../core/edit.ts";
import type { Bouncer, PlacedEntry } from "../core/ini.ts";
import type { Model } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { span } from "../core/text.ts";
import { settingNamed } from "../pgbouncer/index.ts";
import { isFilledIn } from "../pgbouncer/values.ts";
import { type EntryOf, entriesOf, parametersIn, valueIn, wholeOf } from "./knowledge/ini.ts";

export const iniTrailingComment: Rule = {
  name: "ini-trailing-comment",
  summary: "A comment stands behind a value, which makes it part of the value.",
  why: `In pgbouncer.ini \`;\` and \`#\` begin a comment only where they are the first sign of a line. Behind a value they belong to it: PgBouncer reads
\`listen_port = 6432 ; default\` as the port \`6432 ; default\` and does not start. Where any text is a valid value (a path, a query, a list of
users) it starts with a wrong one. Put the comment on a line of its own.

The rule does not see comments without a space before their \`;\` or \`#\`, nor those in queries that begin like another statement.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "safe",
  dependsOn: [],
  *check(model) {
    for (const each of entriesOf(model)) {
      const start = commentIn(each.placed);
      if (start !== undefined) yield report(model, each, start);
    }
  },
};

/** Where the comment begins in the value. */
export function commentIn({ section, entry }: PlacedEntry): number | undefined {
  const found = /(?:^|\s)[;#]/.exec(entry.value);
  if (!found || isFilledIn(entry.value)) return undefined;
  const start = found.index + found[0].length - 1;
  const isQuery = section === "pgbouncer" && settingNamed("pgbouncer", entry.key)?.type === "sql";
  if (isQuery && !isNoStatement(entry.value.slice(start))) return undefined;
  if (section === "pgbouncer") return start;
  // Within quotes it is text; a bare `;` between pairs ends what PgBouncer can read.
  const { broken } = parametersIn(entry);
  return broken && /^[;#]/.test(entry.value.slice(broken.start - entry.valueSpan.start))
    ? broken.start - entry.valueSpan.start
    : undefined;
}

/** In a query `;` parts statements: what follows is one if it begins like one. Nothing of SQL begins with `# `. */
const isNoStatement = (text: string): boolean =>
  /^(?:#|;\s*[^\s;])/.test(text) &&
  !/^;\s*(?:select|set|reset|discard|deallocate|unlisten|listen|close|rollback|abort|commit|begin|show|notify|with|values|call|do|execute|prepare|insert|update|delete|table|--|\/\*)/i.test(
    text,
  );

function report(model: Model, { bouncer, placed }: EntryOf, start: number): Report {
  const { path, entry } = placed;
  const value = entry.value.slice(0, start).trimEnd();
  const stops = isFatal(bouncer, placed);
  return {
    place: { path, span: span(entry.valueSpan.start + start, entry.valueSpan.end) },
    severity: stops ? "error" : "warning",
    message: stops
      ? `This comment is part of the value of \`${entry.key}\`: PgBouncer does not start.`
      : `This comment is part of the value of \`${entry.key}\`: PgBouncer knows comments only at the start of a line.`,
    fixes: [moveUp(model, placed, value, start)],
  };
}

/** Any text is a name or a path; a number, a mode or an address it is not. Entries for all other databases are read when a client comes. */
function isFatal(bouncer: Bouncer, { section, entry }: PlacedEntry): boolean {
  if (section === "databases") return entry.key !== "*";
  if (section !== "pgbouncer" || needed.has(entry.key)) return true;
  const protocols = /^(?<side>client|server)_tls_protocols$/.exec(entry.key)?.groups?.side;
  if (protocols) return (valueIn(bouncer, `${protocols}_tls_sslmode`) ?? "disable").toLowerCase() !== "disable";
  const type = settingNamed("pgbouncer", entry.key)?.type;
  return type !== "names" && type !== "path" && type !== "text" && type !== "sql";
}

/** Texts that PgBouncer looks up when it starts. */
const needed = new Set(["listen_addr", "user"]);

function moveUp(model: Model, { path, entry }: PlacedEntry, value: string, start: number): Fix {
  const source = { path, text: model.text(path) };
  const { start: from, end } = wholeOf(entry);
  const { newline } = styleOf(source.text);
  const comment = entry.value.slice(start);
  const head = source.text.slice(from, entry.valueSpan.start);
  return {
    title: "Move the comment to its own line",
    safety: "safe",
    edits: [
      replace(
        source,
        span(from, end),
        `${comment}${newline}${indentAt(source.text, from)}${value === "" ? head.trimEnd() : head}${value}`,
      ),
    ],
  };
}
