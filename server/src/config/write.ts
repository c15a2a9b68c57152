import { applyEdits, findNodeAtLocation, modify, type Node, type ParseError, parseTree } from "jsonc-parser";
import type { Settings } from "../core/settings.ts";
import { difference, slice } from "../core/text.ts";

/** What is written down of the pooler; null takes a value away. */
export type PoolerChoice = { readonly [K in keyof Settings["pooler"]]?: NonNullable<Settings["pooler"][K]> | null };

/** A change of a text: `length` units of UTF-16 from `offset` become `content`. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly content: string;
}

/**
 * Writes a choice into the text of a `bouncer-safe.json`: comments, order and indentation stay. The change that does it, which may be none;
 * undefined where the text has a fault of syntax that somebody has to mend first.
 */
export const writePooler = (text: string, choice: PoolerChoice): TextChange | undefined => {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const isEmpty = text.trim() === "";
  if (!isEmpty && (errors.length > 0 || root?.type !== "object")) return undefined;
  const style = styleOf(text);
  let written = isEmpty ? `{}${style.eol}` : text;
  const entries = Object.entries(choice);
  const pooler = findNodeAtLocation(parse(written), ["pooler"]);
  if (pooler?.type !== "object") {
    const given = Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined));
    written = withProperty(written, [], "pooler", given, style);
  } else for (const [key, value] of entries.reverse()) written = withProperty(written, ["pooler"], key, value, style);
  return changeBetween(text, written);
};

const parse = (text: string): Node => parseTree(text, [], { allowTrailingComma: true })!;

/** A new property comes first: what stands behind the others, a comment or a comma at the end, belongs to them. */
const withProperty = (text: string, path: readonly string[], key: string, value: unknown, style: Style): string => {
  const root = parse(text);
  const known = findNodeAtLocation(root, [...path, key]);
  if (value === null || value === undefined)
    return known ? applyEdits(text, modify(text, [...path, key], undefined, {})) : text;
  if (known) return text.slice(0, known.offset) + JSON.stringify(value) + text.slice(known.offset + known.length);
  const owner = path.length === 0 ? root : findNodeAtLocation(root, [...path])!;
  const inside = owner.offset + 1;
  const lineStart = style.eol + style.indent.repeat(path.length + 1);
  const lines = JSON.stringify(value, undefined, style.indent).replaceAll("\n", lineStart);
  const isFirst = (owner.children?.length ?? 0) === 0;
  const end = owner.offset + owner.length - 1;
  const rest = isFirst && text.slice(inside, end).trim() === "" ? end : inside;
  const after = isFirst ? lineStart.slice(0, lineStart.length - style.indent.length) : ",";
  const isOnOneLine = !isFirst && !/^[^\S\n]*(?:\/\/[^\n]*)?\r?\n/.test(text.slice(inside));
  const rejoined = isOnOneLine ? lineStart + text.slice(rest).trimStart() : text.slice(rest);
  return `${text.slice(0, inside)}${lineStart}${JSON.stringify(key)}: ${lines}${after}${rejoined}`;
};

interface Style {
  readonly indent: string;
  readonly eol: string;
}

/** Indentation and line ends as the text has them. */
const styleOf = (text: string): Style => ({
  indent: /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ",
  eol: text.includes("\r\n") ? "\r\n" : "\n",
});

/** The smallest piece that makes one text of the other. */
const changeBetween = (text: string, next: string): TextChange => {
  const { before, after } = difference(text, next);
  return { offset: before.start, length: before.end - before.start, content: slice(next, after) };
};
