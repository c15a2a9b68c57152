import { type Parsed, parseStatement } from "./load.ts";
import { hole, type StatementText, type Token } from "./tokens.ts";

/** Stands in a parsed text for what is not known; a name or value that holds it is not constant. */
export const mark = "hole__unknown";

/** A statement that parsed, and the way back from its offsets. */
export interface ParsedStatement {
  readonly statements: readonly unknown[];
  /** From an offset of the parser (UTF-8 bytes of the text that it saw) to an offset of the text with holes. */
  toSource(byte: number): number;
}

/** A stretch that the parser must not see, and what it may see instead, most likely first. */
interface Slot {
  readonly start: number;
  readonly end: number;
  readonly forms: readonly string[];
}

/** Enough for a statement with a dozen holes that all need their second form; a parse takes 10 to 100 µs. */
const attempts = 32;

/**
 * Parses a statement with unknown pieces: each is a parameter first, and where PostgreSQL stumbles on it a name, a text, a list, or
 * nothing. Undefined where no reading parses; `absent` without the parser.
 */
export const parseWithHoles = (text: string, statement: StatementText): ParsedStatement | "absent" | undefined => {
  const holes = slots(text, statement.tokens, "holes");
  const found = search(text, statement, holes);
  if (found !== undefined) return found;
  const placeholders = slots(text, statement.tokens, "placeholders");
  // `?` is an operator of jsonb and `:n` stands in slices, so they are placeholders only where PostgreSQL cannot read them.
  return placeholders.length > holes.length ? search(text, statement, placeholders) : undefined;
};

const search = (
  text: string,
  statement: StatementText,
  slots: readonly Slot[],
): ParsedStatement | "absent" | undefined => {
  const choice = slots.map(() => 0);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const rendering = render(text, statement, slots, choice);
    const parsed: Parsed = parseStatement(rendering.text);
    if (parsed.kind === "absent") return "absent";
    if (parsed.kind === "tree") return { statements: parsed.statements, toSource: rendering.toSource };
    const culprit = lastMovable(slots, choice, rendering.starts, parsed.at);
    if (culprit === undefined) return undefined;
    choice[culprit] = (choice[culprit] ?? 0) + 1;
  }
  return undefined;
};

/** The slot at or nearest before the error that has another form to try. */
const lastMovable = (
  slots: readonly Slot[],
  choice: readonly number[],
  starts: readonly number[],
  at: number | undefined,
): number | undefined => {
  for (let index = slots.length - 1; index >= 0; index -= 1) {
    const before = at === undefined || (starts[index] ?? 0) <= at;
    if (before && (choice[index] ?? 0) + 1 < (slots[index]?.forms.length ?? 0)) return index;
  }
  return undefined;
};

interface Rendering {
  readonly text: string;
  /** Where each slot begins in `text`. */
  readonly starts: readonly number[];
  toSource(byte: number): number;
}

const render = (
  text: string,
  statement: StatementText,
  slots: readonly Slot[],
  choice: readonly number[],
): Rendering => {
  const starts: number[] = [];
  let rendered = "";
  let at = statement.start;
  slots.forEach((slot, index) => {
    rendered += text.slice(at, slot.start);
    starts.push(rendered.length);
    rendered += slot.forms[choice[index] ?? 0] ?? " ";
    at = slot.end;
  });
  // What is left are holes in comments; a byte order mark or the like is no space to PostgreSQL.
  rendered = (rendered + text.slice(at, statement.end)).replaceAll(hole, " ").replaceAll("\uFEFF", " ");
  const toSource = (byte: number): number => {
    const offset = fromBytes(rendered, byte);
    let shift = statement.start;
    slots.forEach((slot, index) => {
      const form = slot.forms[choice[index] ?? 0] ?? " ";
      const start = starts[index] ?? 0;
      if (start + form.length <= offset) shift += slot.end - slot.start - form.length;
    });
    return offset + shift;
  };
  return { text: rendered, starts, toSource };
};

const fromBytes = (text: string, byte: number): number =>
  /^[\0-\x7F]*$/.test(text) ? byte : Buffer.from(text, "utf8").subarray(0, byte).toString("utf8").length;

const slots = (text: string, tokens: readonly Token[], which: "holes" | "placeholders"): readonly Slot[] => {
  const found: Slot[] = [];
  for (const token of tokens) {
    const parameter = `$${900 + found.length}`;
    if (token.kind === "hole") found.push({ ...extent(token), forms: formsAt(text, token, parameter) });
    else if (token.kind === "placeholder" && which === "placeholders")
      found.push({ ...extent(token), forms: anything(parameter) });
    else if (token.kind === "string" || token.kind === "quoted") found.push(...within(text, token));
  }
  return found;
};

const extent = ({ start, end }: Token): { readonly start: number; readonly end: number } => ({ start, end });

const anything = (parameter: string): readonly string[] => [parameter, mark, `'${mark}'`, `(${parameter})`, " "];

/** What may stand in the place of a piece, by the characters at its sides. */
const formsAt = (text: string, { start, end }: Token, parameter: string): readonly string[] => {
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  // `$${index}` numbers a parameter.
  if (before === "$") return ["1"];
  if (before === hole) return [" ", mark];
  const partOfName = /[\w.\u0080-\uDFFF]/.test(before) || /[\w.\u0080-\uDFFF]/.test(after);
  return partOfName ? [mark, ` ${mark} `, " "] : anything(parameter);
};

const within = (text: string, token: Token): readonly Slot[] => {
  const content = text.slice(token.start, token.end);
  const found: Slot[] = [];
  for (let at = content.indexOf(hole); at >= 0; at = content.indexOf(hole, at + 1))
    found.push({ start: token.start + at, end: token.start + at + 1, forms: [mark] });
  return found;
};
