import { type Span, span } from "../core/text.ts";
import {
  isKnownTo,
  isSectionName,
  type SectionName,
  sections,
  settingNamed,
  type Version,
} from "../pgbouncer/index.ts";
import type { IniEntry } from "../pgbouncer/ini.ts";
import { readParameters } from "../pgbouncer/parameters.ts";
import type { IniDocument } from "./ini-documents.ts";
import { dotted, settingMarkdown } from "./ini-text.ts";

/** A thing in an ini file that has a meaning. */
export interface IniSubject {
  /** What the mouse is on. */
  readonly span: Span;
  /** The text that says something: the key with its value. */
  readonly statement: Span;
  readonly markdown: string;
}

/** What stands at the place: a section, a setting, an entry or a parameter of one. undefined for what PgBouncer would not know either. */
export function iniSubjectAt(
  { file }: IniDocument,
  offset: number,
  version: Version | undefined,
): IniSubject | undefined {
  for (const { name, headerSpan, entries } of file.sections) {
    if (!isSectionName(name)) continue;
    if (holds(headerSpan, offset))
      return { span: headerSpan, statement: headerSpan, markdown: sectionMarkdown(name, version) };
    const entry = entries.find(({ keySpan, valueSpan }) => holds(span(keySpan.start, valueSpan.end), offset));
    if (entry) return name === "pgbouncer" ? settingAt(entry, offset, version) : entryAt(name, entry, offset, version);
  }
  return undefined;
}

function settingAt(
  { key, keySpan, valueSpan }: IniEntry,
  offset: number,
  version: Version | undefined,
): IniSubject | undefined {
  const setting = settingNamed("pgbouncer", key);
  return (
    setting && {
      span: holds(keySpan, offset) ? keySpan : valueSpan,
      statement: span(keySpan.start, valueSpan.end),
      markdown: settingMarkdown(setting, version),
    }
  );
}

function entryAt(
  section: SectionName,
  { key, value, keySpan, valueSpan }: IniEntry,
  offset: number,
  version: Version | undefined,
): IniSubject | undefined {
  const statement = span(keySpan.start, valueSpan.end);
  if (holds(keySpan, offset)) return { span: keySpan, statement, markdown: entryMarkdown(section, key) };
  for (const pair of readParameters(value, valueSpan.start).entries) {
    const whole = span(pair.keySpan.start, pair.valueSpan.end);
    const parameter = holds(whole, offset) ? settingNamed(section, pair.key) : undefined;
    if (parameter)
      return {
        span: holds(pair.keySpan, offset) ? pair.keySpan : pair.valueSpan,
        statement: whole,
        markdown: settingMarkdown(parameter, version),
      };
  }
  return undefined;
}

function sectionMarkdown(name: SectionName, version: Version | undefined): string {
  const { meaning, since } = sections.find((section) => section.name === name)!;
  const isKnown = isKnownTo({ ...(since && { since }) }, version);
  const from = since
    ? ` Since ${dotted(since)}${isKnown ? "" : `: PgBouncer ${dotted(version!)} does not start with it`}.`
    : "";
  return `**[${name}]**: ${meaning}${from}`;
}

const entryMarkdown = (section: SectionName, key: string): string => {
  if (section === "databases")
    return key === "*"
      ? "**\\***: every database that no other entry names. Each gets pools of its own."
      : "A database as clients name it; the parameters behind it say where it is. What they leave out is as in [pgbouncer].";
  if (section === "users")
    return "A user as clients name it, with settings of its own. What it leaves out is as in [pgbouncer].";
  return "The `peer_id` of another PgBouncer behind the same address.";
};

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;
