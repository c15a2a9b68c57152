import { replace } from "../core/edit.ts";
import type { Model } from "../core/model.ts";
import type { Fix, Rule } from "../core/rule.ts";
import { type Place, slice, span } from "../core/text.ts";
import { dotted, isAtLeast, type Version } from "../core/version.ts";
import { entriesOf, placeOfKey, versionOf } from "./knowledge/ini.ts";

/** The first version that reads names in single quotes. */
const withQuotes: Version = [1, 25];

export const iniQuotedDatabaseName: Rule = {
  name: "ini-quoted-database-name",
  summary: "A quoted name that PgBouncer cannot read.",
  why: `A name in double quotes is a syntax error in every version of PgBouncer, although its documentation asks for them; names in single quotes are
read from 1.25 on. Names of letters, digits and \`_.-\` need none. For other names before 1.25 use the entry for all other databases (\`*\`), or an alias with
\`dbname='the name'\`.

The rule does not see the version of a PgBouncer that is installed on a machine.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "both",
  dependsOn: ["version"],
  *check(model) {
    for (const bouncer of model.bouncers)
      for (const { path, ini } of bouncer.files)
        for (const { span: at } of ini.unreadable) {
          const quoted = /^"(?<name>[^"]*)"(?=\s*=)/.exec(slice(model.text(path), at));
          if (!quoted) continue;
          const place = { path, span: span(at.start, at.start + quoted[0].length) };
          yield {
            place,
            message: "PgBouncer cannot read a name in double quotes; it does not start.",
            fixes: unquoted(model, place, quoted.groups?.name ?? "", versionOf(bouncer)),
          };
        }
    for (const { bouncer, placed } of entriesOf(model)) {
      const place = placeOfKey(placed);
      if (!slice(model.text(place.path), place.span).startsWith("'")) continue;
      const { version } = bouncer;
      if (version && isAtLeast(version.value, withQuotes)) continue;
      yield {
        place,
        severity: version ? "error" : "warning",
        message: version
          ? `Names in single quotes need PgBouncer 1.25; ${dotted(version.value)} does not start with one (${version.words}).`
          : "Names in single quotes need PgBouncer 1.25; an earlier one cannot read the file.",
        fixes: isPlain(placed.entry.key) ? unquoted(model, place, placed.entry.key, undefined) : [],
      };
    }
  },
};

const isPlain = (name: string): boolean => /^[\w.*-]+$/.test(name);

function unquoted(model: Model, { path, span: at }: Place, name: string, version: Version | undefined): readonly Fix[] {
  const edit = (text: string) => [replace({ path, text: model.text(path) }, at, text)];
  if (isPlain(name)) return [{ title: "Remove the quotes", safety: "safe", edits: edit(name) }];
  if (name === "" || name.includes("'") || !version || !isAtLeast(version, withQuotes)) return [];
  return [{ title: "Use single quotes", safety: "suggestion", edits: edit(`'${name}'`) }];
}
