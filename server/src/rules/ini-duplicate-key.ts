import type { PlacedEntry } from "../core/ini.ts";
import type { Model } from "../core/model.ts";
import type { Report, Rule } from "../core/rule.ts";
import { placeOfKey, removeEntry } from "./knowledge/ini.ts";

export const iniDuplicateKey: Rule = {
  name: "ini-duplicate-key",
  summary: "A setting stands twice, so the first one does not count.",
  why: `PgBouncer takes the last of several settings with one name, without a word. Who changes the first wonders why nothing happens. A second \`[pgbouncer]\`
header does more: it sets everything that stands before it back to the defaults.

A setting that another file overrides with \`%include\` is left alone. The rule does not see settings that a container's start script appends.`,
  group: "pgbouncer.ini",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const { entries, template } of model.bouncers) {
      if (template) continue;
      const last = new Map<string, PlacedEntry>();
      for (const placed of entries) {
        const name = `${placed.section} ${placed.entry.key} ${placed.section === "pgbouncer" ? placed.round : ""}`;
        const before = last.get(name);
        // A file that is included may well be there to override.
        if (before?.path === placed.path) yield twice(model, before, placed);
        last.set(name, placed);
      }
    }
    for (const { files, entries } of model.bouncers) {
      const headers = files.flatMap(({ path, ini }) =>
        ini.sections.filter(({ name }) => name === "pgbouncer").map(({ headerSpan }) => ({ path, span: headerSpan })),
      );
      const lost = entries.filter(({ section, round }) => section === "pgbouncer" && round === headers.length - 1);
      const again = headers.at(-1);
      if (headers.length > 1 && lost.length > 0 && again)
        yield {
          place: again,
          message: `A second \`[pgbouncer]\` sets every setting above it back to its default, such as \`${lost[0]?.entry.key}\`.`,
          related: headers
            .slice(0, -1)
            .map((place) => ({ place, message: "The settings of this section do not count." })),
        };
    }
  },
};

function twice(model: Model, before: PlacedEntry, after: PlacedEntry): Report {
  const { key, value } = after.entry;
  const same = before.entry.value === value;
  return {
    place: placeOfKey(before),
    severity: same ? "hint" : "warning",
    message: same
      ? `\`${key}\` is set to the same value again further down.`
      : `\`${key}\` is set again further down: this one does not count.`,
    related: [{ place: placeOfKey(after), message: "This one counts." }],
    fixes: [
      { title: `Remove the \`${key}\` that does not count`, safety: "suggestion", edits: removeEntry(model, before) },
    ],
  };
}
