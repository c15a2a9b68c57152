import { isAtLeast, type Version } from "../core/version.ts";
import type { Setting } from "./setting.ts";

/** As C's strtol reads it: `10`, `+10`, `0x10`, `010` (octal). undefined where PgBouncer refuses the value. */
export const readInteger = (text: string): number | undefined => {
  const found = /^[ \t\v\f]*(?<sign>[+-]?)(?:0[xX](?<hex>[0-9a-fA-F]+)|(?<octal>0[0-7]*)|(?<decimal>[1-9]\d*))$/.exec(
    text,
  );
  if (!found?.groups) return undefined;
  const { sign, hex, octal, decimal } = found.groups;
  const size = hex ? Number.parseInt(hex, 16) : octal ? Number.parseInt(octal, 8) : Number(decimal);
  return sign === "-" ? -size : size;
};

/** As C's strtod reads it: `10`, `1.5`, `1e3`. Negative ones are refused. */
export const readSeconds = (text: string): number | undefined => {
  if (/^[ \t\v\f]*\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (/^[ \t\v\f]*[+-]?0*\.?0*$/.test(text) && /0/.test(text)) return 0;
  if (/^\+?0[xX][0-9a-fA-F]+$/.test(text)) return Number(text.replace("+", ""));
  return /^\+?inf(?:inity)?$/i.test(text) ? Number.POSITIVE_INFINITY : undefined;
};

/** As C's atoi reads it, for numbers in entries: what follows the digits is dropped, no digits are 0. */
export const readLeadingInteger = (text: string): number => Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0);

/** Names between commas. */
export const readNames = (text: string): readonly string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Values that are put in before PgBouncer reads the file: `${PORT}`, `{{ port }}`, `<%= port %>`, `@PORT@`, `<port>`. */
export const isFilledIn = (text: string): boolean =>
  /\$\{|\$\(|\$[A-Z_][A-Z0-9_]*\b|\{\{|\{%|<%|@[A-Z][A-Z0-9_]+@|__[A-Z][A-Z0-9_]*__|%\(|%[A-Z][A-Z_]+%|<[A-Za-z][\w -]+>/.test(
    text,
  ) && text !== "<empty>";

/** Whether PgBouncer takes the value; `integer`s in entries are never refused there, except for a port. */
export const isValid = ({ type, values }: Setting, text: string, version?: Version): boolean => {
  switch (type) {
    case "integer":
    case "switch":
      return readInteger(text) !== undefined;
    case "seconds":
      return readSeconds(text) !== undefined;
    case "choice":
      return (values ?? []).some(
        ({ value, since }) =>
          value === text.toLowerCase() && (since === undefined || version === undefined || isAtLeast(version, since)),
      );
    case "names":
    case "path":
    case "sql":
    case "text":
      return true;
  }
};
