import { replace } from "../core/edit.ts";
import type { PlacedEntry } from "../core/ini.ts";
import type { Model } from "../core/model.ts";
import type { Evidenced } from "../core/profile.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { type Span, span } from "../core/text.ts";
import { dotted, type Version } from "../core/version.ts";
import { isKnownTo, isSectionName, sections, settingNamed } from "../pgbouncer/index.ts";
import { parametersOf, placeOfKey, placeOfValue, removeEntry, settingsOf } from "./knowledge/ini.ts";

export const iniSettingTooNew: Rule = {
  name: "ini-setting-too-new",
  summary: "A setting that the PgBouncer in use does not know yet.",
  why: `PgBouncer stops at a setting that came with a later version: \`max_prepared_statements\` in the file of a PgBouncer 1.18 ends with
\`FATAL cannot load config file\`. The same goes for parameters of entries, for values and for the section \`[peers]\`.

The version is known from an image in a compose file or a Dockerfile, or from \`pooler.version\` in the settings. The rule does not see the version of
a PgBouncer that is installed on a machine.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "suggestion",
  dependsOn: ["version"],
  *check(model) {
    for (const { bouncer, placed, setting } of settingsOf(model)) {
      const { version } = bouncer;
      if (!version) continue;
      if (!isKnownTo(setting, version.value))
        yield tooNew(placed, placeOfKey(placed).span, `\`${setting.name}\``, setting.since, version, [
          removal(model, placed),
        ]);
      else {
        const value = setting.values?.find((each) => each.value === placed.entry.value.toLowerCase());
        if (setting.type === "choice" && value && !isKnownTo(value, version.value))
          yield tooNew(
            placed,
            placeOfValue(placed).span,
            `\`${setting.name} = ${value.value}\``,
            value.since,
            version,
            [],
          );
      }
    }
    for (const { bouncer, placed, section, parameter } of parametersOf(model)) {
      const { version } = bouncer;
      const setting = settingNamed(section, parameter.key);
      // The entry for all other databases is read when a client asks for one; a section that is unknown is told of at its header.
      if (!version || !setting || isKnownTo(setting, version.value) || section === "peers") continue;
      yield tooNew(placed, parameter.keySpan, `\`${parameter.key}\` in [${section}]`, setting.since, version, [
        withoutParameter(model, placed, parameter),
      ]);
    }
    for (const { version, files } of model.bouncers)
      for (const { path, ini } of files)
        for (const { name, headerSpan } of ini.sections) {
          const section = isSectionName(name) ? sections.find((each) => each.name === name) : undefined;
          if (version && section && !isKnownTo(section, version.value))
            yield tooNew({ path, section: name }, headerSpan, `The section \`[${name}]\``, section.since, version, []);
        }
  },
};

function tooNew(
  { path, section, entry }: Pick<PlacedEntry, "path" | "section"> & Partial<PlacedEntry>,
  at: Span,
  what: string,
  since: Version | undefined,
  version: Evidenced<Version>,
  fixes: readonly Fix[],
): Report {
  const own = dotted(version.value);
  const outcome =
    section === "databases" && entry?.key === "*"
      ? "refuses the clients that this entry is for"
      : "does not start with it";
  return {
    place: { path, span: at },
    message: `${what} needs PgBouncer ${dotted(since ?? [])}; ${own} ${outcome} (${version.words}).`,
    fixes,
  };
}

const removal = (model: Model, placed: PlacedEntry): Fix => ({
  title: `Remove \`${placed.entry.key}\``,
  safety: "suggestion",
  edits: removeEntry(model, placed),
});

/** Takes the pair out with the space on one side of it. */
const withoutParameter = (
  model: Model,
  { path, entry }: PlacedEntry,
  { key, keySpan, valueSpan }: { readonly key: string; readonly keySpan: Span; readonly valueSpan: Span },
): Fix => {
  const text = model.text(path);
  const after = /^ */.exec(text.slice(valueSpan.end))?.[0].length ?? 0;
  const isLast = valueSpan.end === entry.valueSpan.end;
  const before = isLast ? (/ *$/.exec(text.slice(entry.valueSpan.start, keySpan.start))?.[0].length ?? 0) : 0;
  return {
    title: `Remove \`${key}\``,
    safety: "suggestion",
    edits: [replace({ path, text }, span(keySpan.start - before, valueSpan.end + (isLast ? 0 : after)), "")],
  };
};
