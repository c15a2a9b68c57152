import type { CompletionItem, MarkupContent } from "vscode-languageserver";
import { dotted, type Version } from "../core/version.ts";
import { defaultOf, isKnownTo, type Setting, sections, settingNamed, settings } from "../pgbouncer/index.ts";
import { type IniCursor, iniCursor } from "./ini-cursor.ts";
import type { IniDocument, IniReader } from "./ini-documents.ts";
import { knownNames } from "./ini-names.ts";
import { defaultLabel, settingMarkdown } from "./ini-text.ts";
import { CompletionItemKind, CompletionItemTag, InsertTextFormat } from "./library.ts";

/** What the answer is made for. */
export interface CompletionContext extends IniReader {
  readonly snippets: boolean;
  readonly documentation: (markdown: string) => MarkupContent;
}

/** A proposal before it is put into the order of the list. */
interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string | undefined;
  readonly markdown?: string;
  /** Inserted instead of the label. */
  readonly newText?: string;
  readonly isSnippet?: boolean;
  /** 0 first. */
  readonly rank: number;
  readonly outdated?: boolean;
}

/** What can stand at the place. What is not set yet comes first; what the version does not know, last. */
export function completeIni(ini: IniDocument, offset: number, context: CompletionContext): CompletionItem[] {
  const cursor = iniCursor(ini, offset, context.opened);
  if (!cursor) return [];
  const range = ini.lines.toRange(cursor.span);
  // Within a rank the order is the data's, which begins with what matters most.
  const sorted = proposals(cursor, ini, context).toSorted((a, b) => a.rank - b.rank);
  return sorted.map(
    ({ label, kind, detail, markdown, newText = label, isSnippet, outdated }, index): CompletionItem => ({
      label,
      kind,
      ...(detail !== undefined && { detail }),
      ...(markdown !== undefined && { documentation: context.documentation(markdown) }),
      ...(outdated && { tags: [CompletionItemTag.Deprecated] }),
      sortText: String(index).padStart(4, "0"),
      filterText: label,
      insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      textEdit: { range, newText },
    }),
  );
}

function proposals(cursor: IniCursor, ini: IniDocument, context: CompletionContext): readonly Proposal[] {
  if (cursor.kind === "header") return sectionProposals(ini, context);
  if (cursor.kind === "key") return keyProposals(cursor, ini, context);
  if (cursor.kind === "parameter") {
    const { section, given, isAssigned } = cursor;
    return settings[section].map((each) => settingProposal(each, given.has(each.name), isAssigned ? "" : "=", context));
  }
  if (cursor.kind === "parameter value") {
    const parameter = settingNamed(cursor.section, cursor.parameter);
    return parameter ? valueProposals(parameter, [], ini, context) : [];
  }
  const setting = cursor.section === "pgbouncer" ? settingNamed("pgbouncer", cursor.key) : undefined;
  if (!setting) return [];
  // Only a list goes on behind its first word.
  if (setting.type !== "names" && !cursor.isFirst) return [];
  return valueProposals(setting, cursor.others, ini, context);
}

function keyProposals(
  { section, isAssigned }: IniCursor & { readonly kind: "key" },
  ini: IniDocument,
  context: CompletionContext,
): readonly Proposal[] {
  const own = ini.file.sections.filter(({ name }) => name === section).flatMap(({ entries }) => entries);
  const loose = section === context.opened ? ini.file.loose : [];
  const set = new Set([...own, ...loose].map(({ key }) => key));
  const others = isAssigned ? [] : [...sectionProposals(ini, context), include];
  if (section === "databases" && !set.has("*") && !isAssigned) return [anyDatabase, ...others];
  if (section !== "pgbouncer") return others;
  const named = settings.pgbouncer.map((each) =>
    settingProposal(each, set.has(each.name), isAssigned ? "" : " = ", context),
  );
  return [...named, ...others];
}

const anyDatabase: Proposal = {
  label: "*",
  kind: CompletionItemKind.Property,
  detail: "every other database",
  markdown: "The entry for databases that no other entry names. Each gets pools of its own.",
  newText: "* = ",
  rank: 1,
};

const include: Proposal = {
  label: "%include",
  kind: CompletionItemKind.Keyword,
  detail: "another file",
  markdown: "Reads another file at this place. Its path is relative to the folder in which PgBouncer was started.",
  newText: "%include ",
  rank: 7,
};

const sectionProposals = ({ file }: IniDocument, { version }: CompletionContext): readonly Proposal[] =>
  sections.map(({ name, meaning, since }) => {
    const isThere = file.sections.some((section) => section.name === name);
    const isKnown = isKnownTo({ ...(since && { since }) }, version);
    return {
      label: `[${name}]`,
      kind: CompletionItemKind.Module,
      detail: since && `since ${dotted(since)}`,
      markdown: meaning,
      rank: (isKnown ? 5 : 8) + (isThere ? 1 : 0),
    };
  });

/** The name of a setting with what comes behind it. `assign`: ` = `, or nothing where the `=` is there already. */
function settingProposal(setting: Setting, isSet: boolean, assign: string, context: CompletionContext): Proposal {
  const { version, snippets } = context;
  const isKnown = isKnownTo(setting, version);
  const detail = isKnown ? defaultLabel(setting, version) : `needs PgBouncer ${dotted(setting.since ?? [])}`;
  const value = assign && snippets ? placeholder(setting, version) : undefined;
  return {
    label: setting.name,
    kind: CompletionItemKind.Property,
    detail: isSet ? `set already${detail ? `; ${detail}` : ""}` : detail,
    markdown: settingMarkdown(setting, version),
    newText: `${setting.name}${assign}${value ?? ""}`,
    isSnippet: value !== undefined,
    rank: (isKnown ? 0 : 8) + (isSet ? 1 : 0) + (setting.windowsOnly ? 2 : 0),
    outdated: setting.aliasOf !== undefined || (setting.removed !== undefined && !isKnown),
  };
}

/** The value as a snippet: a choice, or the default for typing over. */
function placeholder(setting: Setting, version: Version | undefined): string | undefined {
  const given = defaultOf(setting, version);
  const choice = setting.type === "choice" || setting.type === "switch";
  if (!choice) return given ? `\${1:${given.replace(/[\\$}]/g, "\\$&")}}` : undefined;
  const values = valuesOf(setting, version);
  return `\${1|${values.map((each) => each.replace(/[\\$},|]/g, "\\$&")).join(",")}|}`;
}

function valuesOf(setting: Setting, version: Version | undefined): readonly string[] {
  if (setting.type === "switch") return ["1", "0"];
  return (setting.values ?? []).filter((each) => isKnownTo(each, version)).map(({ value }) => value);
}

function valueProposals(
  setting: Setting,
  others: readonly string[],
  ini: IniDocument,
  { version }: CompletionContext,
): readonly Proposal[] {
  const usual = defaultOf(setting, version) ?? setting.defaults.at(-1)?.value;
  const listed = [...(setting.values ?? []), ...knownNames(setting, ini)].filter(
    ({ value }) => !others.includes(value),
  );
  const made = listed.map((each): Proposal => {
    const isKnown = isKnownTo(each, version);
    return {
      label: each.value,
      kind: setting.type === "names" ? CompletionItemKind.Constant : CompletionItemKind.EnumMember,
      detail: isKnown ? (each.value === usual ? "default" : undefined) : `needs PgBouncer ${dotted(each.since ?? [])}`,
      markdown: each.meaning,
      rank: isKnown ? 1 : 8,
    };
  });
  if (setting.type === "switch")
    return switches.map((each) => ({ ...each, ...(each.label === usual && { detail: "default" }) }));
  if (!usual || others.length > 0 || listed.some(({ value }) => value === usual)) return made;
  return [{ label: usual, kind: CompletionItemKind.Value, detail: defaultDetail(setting), rank: 0 }, ...made];
}

const defaultDetail = ({ unit }: Setting): string => (unit ? `default, in ${unit}` : "default");

const switches: readonly Proposal[] = [
  { label: "1", kind: CompletionItemKind.EnumMember, markdown: "On.", rank: 0 },
  { label: "0", kind: CompletionItemKind.EnumMember, markdown: "Off.", rank: 1 },
];
