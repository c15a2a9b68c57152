import { replace } from "../core/edit.ts";
import type { PlacedEntry } from "../core/ini.ts";
import { meant } from "../core/meant.ts";
import type { Model } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { type Span, span } from "../core/text.ts";
import { isAtLeast, type Version } from "../core/version.ts";
import { type Setting, settingNamed } from "../pgbouncer/index.ts";
import { isFilledIn, isValid, readLeadingInteger } from "../pgbouncer/values.ts";
import { commentIn } from "./ini-trailing-comment.ts";
import {
  entriesOf,
  parametersIn,
  parametersOf,
  placeOfEntry,
  placeOfKey,
  placeOfValue,
  settingsOf,
  setValue,
  versionOf,
} from "./knowledge/ini.ts";

export const iniBadValue: Rule = {
  name: "ini-bad-value",
  summary: "A value that PgBouncer does not take.",
  why: `PgBouncer stops at a value that it cannot read: times are plain seconds (\`1h\` is none, \`0.5\` is one), switches are \`0\` and \`1\` (not \`true\` or \`on\`),
modes are one of a few words. In \`[databases]\` each entry is \`key=value\` pairs between spaces; a value with a space stands in single quotes, and none
is empty. The name \`pgbouncer\` is taken by the console.

The rule does not see values that are filled in later (\`\${PORT}\`), nor whether a file, a user or an address exists.`,
  group: "pgbouncer.ini",
  severity: "error",
  fix: "suggestion",
  dependsOn: ["version"],
  *check(model) {
    for (const { placed, setting } of settingsOf(model)) {
      if (commentIn(placed) !== undefined || isValid(setting, placed.entry.value)) continue;
      yield {
        place: placeOfValue(placed),
        message: `\`${shown(placed.entry.value)}\` is not valid for \`${setting.name}\` (${expected(setting)}): PgBouncer does not start.`,
        fixes: replacements(model, placed, setting),
      };
    }
    for (const { bouncer, placed } of entriesOf(model)) yield* judgeEntry(placed, versionOf(bouncer));
    for (const { placed, section, parameter } of parametersOf(model)) {
      const setting = settingNamed(section, parameter.key);
      const problem = setting && problemOf(setting, parameter.value);
      if (setting && problem)
        yield {
          place: { path: placed.path, span: parameter.valueSpan },
          message: `\`${shown(parameter.value)}\` is not valid for \`${setting.name}\` (${problem}): ${outcome(placed)}.`,
          fixes: choices(model, placed.path, parameter.valueSpan, parameter.value, setting),
        };
    }
  },
};

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value);

/** The entry for all other databases is read when a client asks for one of them. */
const outcome = ({ section, entry }: PlacedEntry): string =>
  section === "databases" && entry.key === "*"
    ? "clients that this entry is for are refused"
    : "PgBouncer does not start";

function expected({ type, values }: Setting): string {
  switch (type) {
    case "seconds":
      return "plain seconds";
    case "switch":
      return "0 or 1";
    case "choice":
      return (values ?? []).map(({ value }) => value).join(", ");
    default:
      return "a whole number";
  }
}

/** In entries numbers are cut where they stop; only a port has to be one. */
function problemOf(setting: Setting, value: string): string | undefined {
  if (setting.name === "port" && readLeadingInteger(value) === 0) return "a port";
  return setting.type === "choice" && !isValid(setting, value) ? expected(setting) : undefined;
}

function* judgeEntry(placed: PlacedEntry, version: Version | undefined): Generator<Report> {
  const { section, entry, path } = placed;
  const reserved = section === "databases" && entry.key === "pgbouncer";
  if (reserved)
    yield {
      place: placeOfKey(placed),
      message: "The database name `pgbouncer` is the console's: PgBouncer does not start.",
    };
  const isConsole = section === "pgbouncer" && entry.key === "auth_dbname" && entry.value === "pgbouncer";
  if (isConsole && version && isAtLeast(version, [1, 20]))
    yield {
      place: placeOfValue(placed),
      message: "`auth_dbname` cannot be the console, `pgbouncer`: PgBouncer does not start.",
    };
  if (section === "databases" && entry.key.length > 63)
    yield {
      place: placeOfKey(placed),
      message: "A database name has at most 63 characters: PgBouncer does not start.",
    };
  if (section === "peers" && !isPeer(entry.key))
    yield {
      place: placeOfKey(placed),
      message: `\`${entry.key}\` is no number of a peer (1 to 65535): PgBouncer does not start.`,
    };
  if (section !== "databases" && section !== "users" && section !== "peers") return;
  const { broken } = parametersIn(entry);
  if (!broken || isFilledIn(entry.value) || commentIn(placed) !== undefined) return;
  const misplaced = section === "databases" && settingNamed("pgbouncer", entry.key) !== undefined;
  if (misplaced) {
    yield {
      place: placeOfKey(placed),
      message: `\`${entry.key}\` is a setting of [pgbouncer], and stands in [${section}]: PgBouncer does not start.`,
    };
    return;
  }
  yield {
    place: entry.value === "" ? placeOfEntry(placed) : { path, span: broken },
    message: `\`${entry.key}\`: PgBouncer expects \`key=value\` pairs between spaces, none of them empty; ${outcome(placed)}.`,
  };
}

const isPeer = (name: string): boolean => /^\d+$/.test(name) && Number(name) >= 1 && Number(name) <= 65_535;

const secondsIn: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
};

const switches: Readonly<Record<string, string>> = {
  true: "1",
  yes: "1",
  on: "1",
  enabled: "1",
  false: "0",
  no: "0",
  off: "0",
  disabled: "0",
};

function replacements(model: Model, placed: PlacedEntry, setting: Setting): readonly Fix[] {
  const { value } = placed.entry;
  const to = (text: string): Fix => ({
    title: `Change to \`${text}\``,
    safety: "suggestion",
    edits: setValue(model, placed, text),
  });
  const bare = value.replace(/^(["'])(.*)\1$/, "$2").trim();
  if (bare !== value && isValid(setting, bare)) return [to(bare)];
  if (setting.type === "seconds" || setting.unit === "seconds") {
    const found = /^(?<amount>\d+(?:\.\d+)?)\s*(?<unit>[A-Za-z]+)$/.exec(bare)?.groups;
    const scale = found && secondsIn[(found.unit ?? "").toLowerCase()];
    const amount = scale === undefined ? undefined : Number(found?.amount) * scale;
    return amount !== undefined && isValid(setting, String(amount)) ? [to(String(amount))] : [];
  }
  const switched = switches[bare.toLowerCase()];
  if (setting.type === "switch" && switched !== undefined) return [to(switched)];
  return choices(model, placed.path, placed.entry.valueSpan, bare, setting);
}

function choices(model: Model, path: string, at: Span, value: string, { type, values }: Setting): readonly Fix[] {
  const likely =
    type === "choice"
      ? meant(
          value.replace(/al$/, ""),
          (values ?? []).map((each) => each.value),
        )
      : undefined;
  if (!likely) return [];
  return [
    {
      title: `Change to \`${likely}\``,
      safety: "suggestion",
      edits: [replace({ path, text: model.text(path) }, span(at.start, at.end), likely)],
    },
  ];
}
