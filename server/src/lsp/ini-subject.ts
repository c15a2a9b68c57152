import { contains, type Span, span } from "../core/text.ts";
import type { Version } from "../core/version.ts";
import { isSectionName, type SectionName, type Setting, sections, settingNamed } from "../pgbouncer/index.ts";
import type { IniEntry } from "../pgbouncer/ini.ts";
import { readParameters } from "../pgbouncer/parameters.ts";
import type { IniDocument, IniReader } from "./ini-documents.ts";
import { notes, settingHead, settingRest, sinceWords, valueHead } from "./ini-text.ts";

/** A thing in an ini file that has a meaning. */
export interface IniSubject {
  /** What the mouse is on. */
  readonly span: Span;
  /** The text that says something: the key with its value. */
  readonly statement: Span;
  /** What it means. */
  readonly head: string;
  /** What else there is to say of it, after what the workspace makes of it. */
  readonly rest?: string;
}

/** What stands at the place: a section, a setting, an entry or a parameter of one. undefined for what PgBouncer would not know either. */
export function iniSubjectAt(
  { file }: IniDocument,
  offset: number,
  { version, opened }: IniReader,
): IniSubject | undefined {
  for (const { name, headerSpan } of file.sections) {
    if (isSectionName(name) && holds(headerSpan, offset))
      return { span: headerSpan, statement: headerSpan, head: sectionWords(name, version) };
  }
  for (const { name, entries } of [{ name: opened, entries: file.loose }, ...file.sections]) {
    if (name === undefined || !isSectionName(name)) continue;
    const entry = entries.find(({ keySpan, valueSpan }) => holds(span(keySpan.start, valueSpan.end), offset));
    if (entry)
      return name === "pgbouncer" ? settingAt(name, entry, offset, version) : entryAt(name, entry, offset, version);
  }
  return undefined;
}

/** A key with its value, in [pgbouncer] or among the parameters of an entry. */
type Pair = Pick<IniEntry, "key" | "value" | "keySpan" | "valueSpan">;

function settingAt(
  section: SectionName,
  { key, value, keySpan, valueSpan }: Pair,
  offset: number,
  version: Version | undefined,
): IniSubject | undefined {
  const setting: Setting | undefined = settingNamed(section, key);
  if (!setting) return undefined;
  const statement = span(keySpan.start, valueSpan.end);
  const at = holds(keySpan, offset) ? keySpan : valueSpan;
  const head = at === valueSpan ? valueHead(setting, value, version) : undefined;
  if (head) return { span: at, statement, head, rest: notes(setting, version) };
  return { span: at, statement, head: settingHead(setting, version), rest: settingRest(setting, version) };
}

function entryAt(
  section: SectionName,
  { key, value, keySpan, valueSpan }: IniEntry,
  offset: number,
  version: Version | undefined,
): IniSubject | undefined {
  const statement = span(keySpan.start, valueSpan.end);
  if (holds(keySpan, offset)) return { span: keySpan, statement, head: entryWords(section, key) };
  const at = readParameters(value, valueSpan.start).entries.find((pair) =>
    contains(span(pair.keySpan.start, pair.valueSpan.end), span(offset, offset)),
  );
  return at && settingAt(section, at, offset, version);
}

function sectionWords(name: SectionName, version: Version | undefined): string {
  const { meaning, since } = sections.find((section) => section.name === name)!;
  return [`**[${name}]**: ${meaning}`, sinceWords(since, version)].filter(Boolean).join(" ");
}

function entryWords(section: SectionName, key: string): string {
  if (section === "users")
    return "A user as clients name it, with settings of its own. What it leaves out is as in [pgbouncer].";
  if (section === "peers") return "The `peer_id` of another PgBouncer behind the same address.";
  return key === "*"
    ? "**\\***: every database that no other entry names. Each gets pools of its own."
    : "A database as clients name it; the parameters behind it say where it is. What they leave out is as in [pgbouncer].";
}

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;
