/**
 * Stands for an unknown piece while a text is read; a private use character, so that no SQL word, string or operator swallows
 * the boundary of a piece.
 */
export const hole = "\uE000";

/** `placeholder`: `?`, `:name`, `%s` and the like, which client libraries replace before PostgreSQL sees them. */
export type TokenKind =
  | "word"
  | "quoted"
  | "string"
  | "number"
  | "parameter"
  | "placeholder"
  | "hole"
  | "sign"
  | "semicolon";

/** Offsets in the text with holes. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** One statement between top-level semicolons, without the comments and spaces around it. */
export interface StatementText {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
}

/** The text with one `hole` for each unknown piece. */
export const joinPieces = (pieces: readonly (string | undefined)[]): string =>
  pieces
    .map((piece) => (piece === undefined ? hole : piece.includes(hole) ? piece.replaceAll(hole, " ") : piece))
    .join("");

/** Without its quotes; doubled quotes become one. */
export const unquote = (text: string): string => {
  const quote = text.charAt(0);
  return quote === "'" || quote === '"' ? text.slice(1, -1).replaceAll(quote + quote, quote) : text;
};

/** Splits a text at its top-level semicolons. Strings, dollar quotes, comments, parentheses and BEGIN ATOMIC bodies hold none. */
export const splitStatements = (text: string): readonly StatementText[] => {
  const statements: StatementText[] = [];
  let tokens: Token[] = [];
  let depth = 0;
  let atomic = 0;
  const close = (): void => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (first && last) statements.push({ start: first.start, end: last.end, tokens });
    tokens = [];
    depth = 0;
    atomic = 0;
  };
  for (const token of tokenize(text)) {
    if (token.kind === "semicolon" && depth <= 0 && atomic <= 0) {
      close();
      continue;
    }
    if (token.kind === "sign") depth += depthChange(text.charAt(token.start));
    if (token.kind === "word") atomic += atomicChange(text, token, tokens, atomic);
    tokens.push(token);
  }
  close();
  return statements;
};

const depthChange = (sign: string): number => (sign === "(" ? 1 : sign === ")" ? -1 : 0);

/** `CREATE FUNCTION … BEGIN ATOMIC …; END` holds semicolons, and CASE … END inside it. */
const atomicChange = (text: string, token: Token, before: readonly Token[], open: number): number => {
  const word = text.slice(token.start, token.end).toLowerCase();
  if (word === "atomic") {
    const previous = before.at(-1);
    const follows = previous !== undefined && text.slice(previous.start, previous.end).toLowerCase() === "begin";
    return follows && before.length > 1 ? 1 : 0;
  }
  if (open === 0) return 0;
  return word === "case" ? 1 : word === "end" ? -1 : 0;
};

/** In order: space, comments, strings, quoted names, words, parameters, placeholders, numbers, anything. */
const pattern =
  /\s+|--[^\r\n]*|(?<block>\/\*)|(?<string>(?:\b[eE])'(?:[^'\\]|\\[\s\S]|'')*'?|(?:\b[nNbBxX]|\b[uU]&)?'(?:[^']|'')*'?)|(?<quoted>(?:\b[uU]&)?"(?:[^"]|"")*"?)|(?<dollar>\$(?:[A-Za-z_\u0080-\uDFFF\uF900-\uFFFF][\w\u0080-\uDFFF\uF900-\uFFFF]*)?\$)|(?<hole>\uE000)|(?<placeholder>\$\d+(?::\w+|[~^#])|\$\{[^}\n]*\}|\$<[^>\n]*>|\$\([\w.:^~#]*\)|\$\[[^\]\n]*\]|\$[A-Za-z_]\w*|%\(\w+\)s|%s\b|\?\?|\?|(?<![:\w]):[A-Za-z_]\w*(?::\w+)?)|(?<parameter>\$\d+)|(?<word>[A-Za-z_\u0080-\uDFFF\uF900-\uFFFF][\w$\u0080-\uDFFF\uF900-\uFFFF]*)|(?<number>\d[\d_]*(?:\.\d+)?)|(?<semicolon>;)|(?<sign>[\s\S])/y;

function* tokenize(text: string): Generator<Token> {
  pattern.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return;
    const { groups } = match;
    let end = pattern.lastIndex;
    let kind: TokenKind | undefined;
    if (groups?.block !== undefined) end = blockEnd(text, at);
    else if (groups?.dollar !== undefined) {
      end = dollarEnd(text, end, groups.dollar);
      kind = "string";
    } else kind = kinds.find((candidate) => groups?.[candidate] !== undefined);
    if (kind) yield { kind, start: at, end };
    at = end;
  }
}

const kinds: readonly TokenKind[] = [
  "word",
  "sign",
  "string",
  "number",
  "hole",
  "parameter",
  "placeholder",
  "quoted",
  "semicolon",
];

/** Block comments nest in PostgreSQL. */
const blockEnd = (text: string, start: number): number => {
  let depth = 0;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  for (let match = edge.exec(text); match; match = edge.exec(text)) {
    depth += match[0] === "/*" ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return text.length;
};

const dollarEnd = (text: string, from: number, tag: string): number => {
  const close = text.indexOf(tag, from);
  return close < 0 ? text.length : close + tag.length;
};
