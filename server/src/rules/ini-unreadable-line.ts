import { replace } from "../core/edit.ts";
import type { Bouncer } from "../core/ini.ts";
import type { Model } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { type Place, type Span, slice, span } from "../core/text.ts";
import { isFilledIn } from "../pgbouncer/values.ts";
import { entriesOf, headerOf, placeOfEntry } from "./knowledge/ini.ts";

export const iniUnreadableLine: Rule = {
  name: "ini-unreadable-line",
  summary: "A line that PgBouncer cannot read, or a file without its section.",
  why: `A line of pgbouncer.ini is empty, a comment, a header in brackets, \`%include file\`, or \`name = value\`. At any other line PgBouncer
stops with \`syntax error in configuration\`. It also stops at a setting before the first header and where there is no \`[pgbouncer]\`
section at all, even an empty one.

The rule does not see whether an included file exists on the machine that PgBouncer runs on.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const bouncer of model.bouncers) {
      if (bouncer.template) continue;
      for (const { path, ini } of bouncer.files)
        for (const { span: at } of ini.unreadable)
          if (!isQuotedName(model, path, at)) yield unreadable(model, { path, span: at });
      for (const place of bouncer.circular)
        yield { place, message: "This file is being read already: PgBouncer does not start." };
      if (isWithoutMain(bouncer))
        yield {
          place: headerOf(bouncer),
          message: "Without a `[pgbouncer]` section, even an empty one, PgBouncer does not start.",
        };
    }
    for (const { bouncer, placed } of entriesOf(model))
      if (placed.section === undefined && bouncer.role === "main" && bouncer.complete && !bouncer.template)
        yield {
          place: placeOfEntry(placed),
          message: `\`${placed.entry.key}\` stands before the first section: PgBouncer does not start.`,
        };
  },
};

const isWithoutMain = ({ role, complete, files }: Bouncer): boolean =>
  role === "main" && complete && !files.some(({ ini }) => ini.sections.some(({ name }) => name === "pgbouncer"));

/** `ini-quoted-database-name` tells of those. */
const isQuotedName = (model: Model, path: string, at: Span): boolean =>
  /^"[^"]*"\s*=/.test(slice(model.text(path), at));

function unreadable(model: Model, place: Place): Report {
  const line = slice(model.text(place.path), place.span);
  const colon = /^[A-Za-z_]+(?<gap>\s*:\s*)/.exec(line);
  return {
    place,
    message: `PgBouncer cannot read this line${colon ? ": a value follows `=`" : ""}; it does not start.`,
    fixes:
      colon?.groups && !isFilledIn(line)
        ? [equals(model, place, colon[0].length - (colon.groups.gap ?? "").length, colon.groups.gap ?? "")]
        : [],
  };
}

const equals = (model: Model, { path, span: at }: Place, start: number, gap: string): Fix => ({
  title: "Write `=` instead of `:`",
  safety: "suggestion",
  edits: [replace({ path, text: model.text(path) }, span(at.start + start, at.start + start + gap.length), " = ")],
});
