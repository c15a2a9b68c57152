/**
 * The same text, as long as before, without what the grammar stumbles over: targets of `with … as (a, b)` and `as self.x` become a name, and a
 * bracket that is still open where the next statement clearly begins is closed, or taken out. Half a call does not hide the rest of a file.
 */
export function mend(text: string): string {
  const named = /\bas[ \t]+(?:\(|\w+[.[])/.test(text) ? text.replace(targets, nameTarget) : text;
  const changes = openBrackets(named);
  if (changes.length === 0) return named;
  const made: string[] = [];
  let at = 0;
  for (const { offset, to } of changes.sort((a, b) => a.offset - b.offset)) {
    if (offset < at) continue;
    made.push(named.slice(at, offset), to);
    at = offset + 1;
  }
  made.push(named.slice(at));
  return made.join("");
}

const targets = /(\bas[ \t]+)(\([^()\n]*\)|[A-Za-z_]\w*(?:\.\w+|\[[^\]\n]*\])+)(?=[ \t]*[,:)])/g;

const nameTarget = (_: string, before: string, target: string): string => before + "_".repeat(target.length);

interface Change {
  readonly offset: number;
  readonly to: string;
}

/** What begins a statement, and cannot go on an expression: an assignment has spaces where a keyword argument has none. */
const statement =
  /[ \t]*(?:@\w[\w.]*[ \t]*(?:\(|\r?\n)|(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w+[ \t]*[:([]|import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b|(?:return|raise|pass|break|continue|global|nonlocal|assert|del)\b(?![ \t]*[=,)\]}])|(?:try|else|finally)[ \t]*:|(?:if|elif|for|while|with|except|async[ \t]+(?:for|with))\b[^\n#]*:[ \t]*(?:#[^\n]*)?(?:\r?\n|$)|[A-Za-z_][\w.]*[ \t]+=[ \t]+[^\n]*[^\s,][ \t]*(?:\r?\n|$))/y;

/** Whatever decides where brackets, texts and comments begin and end. */
const mark = /["'#()[\]{}\n]/g;

function openBrackets(text: string): Change[] {
  const changes: Change[] = [];
  /** Offsets of the brackets that are open. */
  let open: number[] = [];
  /** Where comments begin, since the first of them. */
  let comments: number[] = [];
  let indent = 0;
  mark.lastIndex = 0;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    const at = match.index;
    switch (match[0]) {
      case "(":
      case "[":
      case "{":
        if (open.length === 0) {
          indent = columnOf(text, at);
          comments = [];
        }
        open.push(at);
        break;
      case ")":
      case "]":
      case "}":
        open.pop();
        break;
      case "#": {
        const end = text.indexOf("\n", at);
        if (end < 0) return changes;
        comments.push(at);
        mark.lastIndex = end;
        break;
      }
      case "\n":
        if (open.length > 0 && begins(text, at + 1, indent)) {
          changes.push(...closing(text, open, lastBefore(text, at, comments)));
          open = [];
        }
        break;
      default:
        mark.lastIndex = stringEnd(text, at);
    }
  }
  return changes;
}

/** The last character before an offset that is neither space nor comment. */
function lastBefore(text: string, offset: number, comments: readonly number[]): number {
  let at = offset - 1;
  let next = comments.length - 1;
  for (;;) {
    while (/\s/.test(text[at] ?? "x")) at--;
    const comment = comments[next];
    if (comment === undefined || comment > at || text.slice(comment, at).includes("\n")) return at;
    at = comment - 1;
    next--;
  }
}

/** How far the line of an offset is indented. */
function columnOf(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset) + 1;
  let at = start;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - start;
}

function begins(text: string, line: number, indent: number): boolean {
  let at = line;
  while (text[at] === " " || text[at] === "\t") at++;
  if (at - line > indent || !/[@a-zA-Z_]/.test(text[at] ?? "")) return false;
  statement.lastIndex = line;
  return statement.test(text);
}

/** One bracket is closed where there is room for it; otherwise what is open is taken out. */
function closing(text: string, open: readonly number[], last: number): readonly Change[] {
  const [only] = open;
  const end = last + 1;
  if (open.length === 1 && only !== undefined && only !== last) {
    const to = text[only] === "(" ? ")" : text[only] === "[" ? "]" : "}";
    if (text[last] === "," || text[last] === "=") return [{ offset: last, to }];
    if (text[end] === " " || text[end] === "\t") return [{ offset: end, to }];
    if (text[end] === "\n" && /^[ \t]*\r?\n/.test(text.slice(end + 1, end + 80))) return [{ offset: end, to }];
    if (text[end] === "\r") return [{ offset: end, to }];
  }
  return open.map((offset) => ({ offset, to: " " }));
}

/** Where a text ends that begins at a quote: behind its own quote, or at the end of the line. */
function stringEnd(text: string, start: number): number {
  const quote = text[start]!;
  const isLong = text.startsWith(quote.repeat(3), start);
  const end = isLong ? (quote === '"' ? longDouble : longSingle) : quote === '"' ? double : single;
  end.lastIndex = start + (isLong ? 3 : 1);
  const match = end.exec(text);
  if (!match) return text.length;
  return match[0] === "\n" ? match.index : end.lastIndex;
}

// The end, with what is escaped before it passed over.
const single = /(?<=(?:^|[^\\])(?:\\\\)*)(?:'|\n)/g;
const double = /(?<=(?:^|[^\\])(?:\\\\)*)(?:"|\n)/g;
const longSingle = /(?<=(?:^|[^\\])(?:\\\\)*)'''/g;
const longDouble = /(?<=(?:^|[^\\])(?:\\\\)*)"""/g;
