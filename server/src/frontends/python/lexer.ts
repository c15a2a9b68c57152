import { type Span, span } from "../../core/text.ts";

/** Thrown where a text is not what this parser knows: the grammar of `@lezer/python` reads it then, and mends it. */
export const irregular = new Error("Not read by this parser.");

/** Words that are no names; each is a token of its own kind. */
const keywords: ReadonlyMap<string, string> = new Map(
  [
    ...["await", "or", "and", "in", "not", "is", "if", "else", "lambda", "yield", "from", "async", "for", "None"],
    ...["True", "False", "del", "pass", "break", "continue", "return", "raise", "import", "as", "global", "nonlocal"],
    ...["assert", "elif", "while", "try", "except", "finally", "with", "def", "class"],
  ].map((word) => [word, word]),
);
const longestKeyword = 8;

const number =
  /0[bB][_01]+|0[oO][_0-7]+|0[xX][_0-9a-fA-F]+|(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/y;

const prefix = /^(?:[uUbB]|[rR][bB]?|[bB][rR]|[fF]|[rR][fF]|[fF][rR])$/;

const operators: readonly string[] = [
  ...["**=", "//=", "<<=", ">>=", "..."],
  ...[
    "**",
    "//",
    "<<",
    ">>",
    "<=",
    ">=",
    "==",
    "!=",
    "<>",
    "->",
    ":=",
    "+=",
    "-=",
    "*=",
    "/=",
    "%=",
    "@=",
    "&=",
    "|=",
    "^=",
  ],
  ...[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ";",
    ".",
    "=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "@",
    "&",
    "|",
    "^",
    "~",
    "<",
    ">",
    "!",
  ],
];

/** By the code of their first character, longer ones first. */
const operatorsOf: readonly (readonly string[] | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const found = operators.filter((one) => one.charCodeAt(0) === code);
  return found.length > 0 ? found : undefined;
});

/** 1: begins a name, or goes on one; 2: a digit. Everything from U+00A1 on is part of a name too. */
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const one = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(one)) classes[code] = 1;
  else if (/\d/.test(one)) classes[code] = 2;
}

const [tab, newline, carriageReturn, space, quote, hash, apostrophe, dot, backslash] = [
  9, 10, 13, 32, 34, 35, 39, 46, 92,
];

export const isWordCode = (code: number): boolean => (code < 128 ? classes[code] !== 0 : code >= 0xa1);

/**
 * Reads one token after another. Character codes and one loop: this runs over every Python text of a workspace. Tokens have the kind that they are
 * written as; otherwise they are a `name`, a `number`, a `string`, a `newline`, an `indent`, a `dedent` or the `end`.
 */
export class Lexer {
  readonly comments: Span[] = [];
  /** The token at hand. */
  kind = "";
  start = 0;
  end = 0;
  /** Where the token before it ends. */
  last = 0;
  /** How many brackets are open: in them, lines do not end. */
  protected brackets = 0;
  private readonly indents: number[] = [0];
  /** Levels of blocks that the line at hand ends. */
  private dedents = 0;

  constructor(protected readonly text: string) {
    this.line(0);
  }

  /** Goes on to the next token. */
  next(): void {
    this.last = this.end;
    if (this.dedents > 0) this.dedent();
    else if (this.kind === "newline" && this.brackets === 0) this.line(this.end);
    else this.read(this.end);
  }

  /** Goes on from an offset that the caller knows. */
  protected restart(at: number): void {
    this.end = at;
    this.next();
  }

  /** The next token at or behind an offset. */
  private read(from: number): void {
    const { text } = this;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === space || code === tab) at++;
      else if (code === hash) at = this.comment(at);
      else if (code === newline || code === carriageReturn) {
        if (this.brackets === 0) {
          this.token("newline", at, at + 1);
          return;
        }
        at++;
      } else if (code === backslash) at = this.continued(at);
      else if (at >= text.length) {
        this.token("end", text.length, text.length);
        return;
      } else {
        this.significant(at, code);
        return;
      }
    }
  }

  private significant(at: number, code: number): void {
    const { text } = this;
    if (code >= 128 || classes[code] === 1) {
      this.word(at);
      return;
    }
    if (code === quote || code === apostrophe) {
      this.token("string", at, at + 1);
      return;
    }
    if (classes[code] === 2 || (code === dot && classes[text.charCodeAt(at + 1)] === 2)) {
      this.number(at);
      return;
    }
    for (const one of operatorsOf[code] ?? []) {
      if (one.length === 1 || text.startsWith(one, at)) {
        this.token(one, at, at + one.length);
        return;
      }
    }
    throw irregular;
  }

  private word(start: number): void {
    const { text } = this;
    let at = start;
    while (at < text.length && isWordCode(text.charCodeAt(at))) at++;
    if (at === start) throw irregular;
    const length = at - start;
    const code = text.charCodeAt(at);
    if (length <= 2 && (code === quote || code === apostrophe) && prefix.test(text.slice(start, at))) {
      this.token("string", start, at + 1);
      return;
    }
    const keyword = length <= longestKeyword && length > 1 ? keywords.get(text.slice(start, at)) : undefined;
    this.token(keyword ?? "name", start, at);
  }

  private number(start: number): void {
    number.lastIndex = start;
    if (!number.test(this.text)) throw irregular;
    const code = this.text.charCodeAt(number.lastIndex);
    if (isWordCode(code) || code === dot) throw irregular;
    this.token("number", start, number.lastIndex);
  }

  /** A backslash takes back the end of a line. */
  private continued(at: number): number {
    const { text } = this;
    const code = text.charCodeAt(at + 2);
    // At the beginning of a line, the grammar asks for its indentation.
    if (text.charCodeAt(at + 1) !== newline || (code !== space && code !== tab)) throw irregular;
    return at + 2;
  }

  private comment(start: number): number {
    const end = endOfLine(this.text, start);
    this.comments.push(span(start, end));
    return end;
  }

  /** The first token of the first line that holds one; the blocks that its indentation ends come before it. */
  private line(from: number): void {
    const { text, indents } = this;
    let at = from;
    for (;;) {
      let depth = 0;
      for (; ; at++) {
        const code = text.charCodeAt(at);
        if (code === space) depth++;
        else if (code === tab) depth += 8 - (depth % 8);
        else break;
      }
      const code = text.charCodeAt(at);
      if (code === newline || code === carriageReturn) at++;
      else if (code === hash) at = this.comment(at);
      else if (at >= text.length) {
        if (depth > 0) throw irregular;
        this.token("end", at, at);
        return;
      } else {
        const indent = indents[indents.length - 1]!;
        if (depth === indent) {
          this.read(at);
          return;
        }
        if (depth > indent) {
          indents.push(depth);
          this.token("indent", at, at);
          return;
        }
        while (indents[indents.length - 1]! > depth) {
          indents.pop();
          this.dedents++;
        }
        if (indents[indents.length - 1] !== depth) throw irregular;
        this.end = at;
        this.dedent();
        return;
      }
    }
  }

  private dedent(): void {
    this.dedents--;
    this.token("dedent", this.end, this.end);
  }

  private token(kind: string, start: number, end: number): void {
    this.kind = kind;
    this.start = start;
    this.end = end;
  }
}

function endOfLine(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === newline || code === carriageReturn) return at;
    at++;
  }
  return at;
}
