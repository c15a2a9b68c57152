import { type Span, span } from "../core/text.ts";
import type { IniDocument } from "./ini-documents.ts";

/**
 * What is being written at a place, found from the line's text around the cursor: half a line is nothing that the reader of whole files could
 * name. `span`: the word that a completion replaces.
 */
export type IniCursor =
  /** `[`, a name and perhaps `]`. */
  | { readonly kind: "header"; readonly span: Span }
  /** The name of a setting, of a database or of a user. */
  | {
      readonly kind: "key";
      /** undefined above the first header. */
      readonly section: string | undefined;
      readonly span: Span;
      /** A `=` follows: only the name is wanted. */
      readonly isAssigned: boolean;
    }
  /** The value of a setting, or one of several between commas. */
  | {
      readonly kind: "value";
      readonly section: string | undefined;
      readonly key: string;
      readonly span: Span;
      /** Nothing stands between the `=` and the word. */
      readonly isFirst: boolean;
      /** The other values between commas. */
      readonly others: readonly string[];
    }
  /** The name of a parameter in an entry of [databases], [users] or [peers]. */
  | {
      readonly kind: "parameter";
      readonly section: EntrySection;
      readonly span: Span;
      readonly isAssigned: boolean;
      /** The other parameters of the entry. */
      readonly given: ReadonlySet<string>;
    }
  /** The value of such a parameter. */
  | {
      readonly kind: "parameter value";
      readonly section: EntrySection;
      readonly parameter: string;
      readonly span: Span;
    };

const entrySections = ["databases", "users", "peers"] as const;

/** A section whose values are lists of `parameter=value`. */
export type EntrySection = (typeof entrySections)[number];

/** `opened`: the section that is open before the first header. Yields undefined in a comment, in a quoted text, behind `%include` and behind what PgBouncer cannot read. */
export function iniCursor(
  { text, lines, file }: IniDocument,
  offset: number,
  opened: string | undefined,
): IniCursor | undefined {
  const line = lines.lineAt(offset);
  const before = text.slice(line.start, offset);
  const after = text.slice(offset, line.end);
  if (/^\s*\[[^\]]*$/.test(before))
    return { kind: "header", span: span(line.start + before.indexOf("["), offset + lengthOf(/^[\w.-]*\]?/, after)) };

  // A setting may stand behind a header on its line.
  const content = lengthOf(/^\s*(?:\[[^\]]*\]\s*)*/, before);
  const written = before.slice(content);
  if (/^[;#]|^%include\s/.test(written)) return undefined;
  const section = file.sections.findLast(({ headerSpan }) => headerSpan.end <= offset)?.name ?? opened;
  const key = /^('(?:[^']|'')*'|[\w.*-]+)\s*=/.exec(written);
  if (!key) {
    if (!/^%?[\w.*-]*$/.test(written)) return undefined;
    const rest = lengthOf(/^[\w.*-]*/, after);
    const whole = span(line.start + content, offset + rest);
    return { kind: "key", section, span: whole, isAssigned: /^\s*=/.test(after.slice(rest)) };
  }

  const value = span(line.start + content + key[0].length, line.end);
  const known = entrySections.find((name) => name === section);
  if (known) return parameterAt(text, known, value, offset);
  const word = span(
    offset - lengthOf(/[^\s,]*$/, text.slice(value.start, offset)),
    offset + lengthOf(/^[^\s,]*/, after),
  );
  const left = text.slice(value.start, word.start);
  const others = `${left},${text.slice(word.end, value.end)}`.split(",").flatMap((each) => each.trim() || []);
  return { kind: "value", section, key: key[1]!, span: word, isFirst: left.trim() === "", others };
}

/** A word, with `=` and a value where it has them. PgBouncer takes the next word for the value, however far it is. */
const pair = /([^=\s]+)(?:( *= *)('(?:[^']|'')*(?:'|$)|[^ ]*))?/g;

function parameterAt(text: string, section: EntrySection, value: Span, offset: number): IniCursor | undefined {
  const pairs = [...text.slice(value.start, value.end).matchAll(pair)].map(
    ({ index, 1: name = "", 2: gap, 3: own = "" }) => {
      const start = value.start + index;
      const from = start + name.length + (gap?.length ?? 0);
      return {
        name,
        key: span(start, start + name.length),
        own: gap === undefined ? undefined : span(from, from + own.length),
      };
    },
  );
  const at = pairs.find(({ key, own }) => key.start <= offset && offset <= (own ?? key).end);
  if (at?.own && offset > at.key.end) {
    // A quoted text is free.
    if (text[at.own.start] === "'" && offset > at.own.start) return undefined;
    const word = offset < at.own.start ? span(offset, offset) : at.own;
    return { kind: "parameter value", section, parameter: at.name, span: word };
  }
  const given = new Set(pairs.filter((each) => each !== at).map(({ name }) => name));
  return {
    kind: "parameter",
    section,
    span: at?.key ?? span(offset, offset),
    isAssigned: at?.own !== undefined,
    given,
  };
}

const lengthOf = (pattern: RegExp, text: string): number => pattern.exec(text)?.[0].length ?? 0;
