import { around, ExpressionParser, nodeOf } from "./expression-parser.ts";
import { irregular } from "./lexer.ts";
import type { Node } from "./tree.ts";

const [newline, exclamation, braceOpen, braceClose, backslash] = [10, 33, 123, 125, 92];

/** Reads texts. What is in them is no token, but for the expressions of an f-string. */
export abstract class StringParser extends ExpressionParser {
  protected strings(): Node {
    const first = this.string();
    if (!this.is("string")) return first;
    const found = [first];
    while (this.is("string")) found.push(this.string());
    return around("ContinuedString", found);
  }

  /** The token at hand is the prefix with the quote. */
  private string(): Node {
    const { text, start, end } = this;
    let isRaw = false;
    let isFormat = false;
    for (let at = start; at < end - 1; at++) {
      const letter = text.charCodeAt(at) | 32;
      if (letter === 114) isRaw = true;
      else if (letter === 102) isFormat = true;
    }
    const quote = text.charCodeAt(end - 1);
    const isLong = text.charCodeAt(end) === quote && text.charCodeAt(end + 1) === quote;
    if (!isFormat) {
      const stop = this.stringEnd(isLong ? end + 2 : end, quote, isLong);
      this.restart(stop);
      return nodeOf("String", start, stop);
    }
    return this.formatString(start, isLong ? end + 2 : end, quote, isLong, isRaw);
  }

  /** Behind the quotes that end a text. What is escaped is passed over, in raw texts too. */
  private stringEnd(from: number, quote: number, isLong: boolean): number {
    const { text } = this;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === backslash) at++;
      else if (code === quote) {
        if (!isLong) return at + 1;
        if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3;
      } else if (code === newline && !isLong) throw irregular;
    }
    throw irregular;
  }

  private formatString(start: number, from: number, quote: number, isLong: boolean, isRaw: boolean): Node {
    const { text } = this;
    const found: Node[] = [];
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === backslash) at = isRaw ? at + 1 : escapeEnd(text, at + 1) - 1;
      else if (code === braceOpen) {
        if (text.charCodeAt(at + 1) === braceOpen) at++;
        else {
          const replacement = this.replacement(at);
          found.push(replacement);
          at = replacement.end - 1;
        }
      } else if (code === newline && !isLong) throw irregular;
      else if (code === quote) {
        const isEnd = !isLong || (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote);
        if (!isEnd) continue;
        const stop = isLong ? at + 3 : at + 1;
        this.restart(stop);
        return nodeOf("FormatString", start, stop, found);
      }
    }
    throw irregular;
  }

  /** `{value!r:spec}`; afterwards the token at hand is the brace that closes it. */
  private replacement(start: number): Node {
    const found = [nodeOf("{", start, start + 1)];
    this.brackets++;
    this.restart(start + 1);
    if (this.is("yield")) found.push(this.yielded("YieldExpression"));
    else this.commas(found, this.starred);
    if (this.is("=")) found.push(this.leaf("FormatSelfDoc"));
    if (this.is("!")) found.push(this.conversion());
    if (this.is(":") || this.is(":=")) found.push(this.spec());
    if (!this.is("}")) throw irregular;
    this.brackets--;
    found.push(nodeOf("}", this.start, this.end));
    return nodeOf("FormatReplacement", start, this.end, found);
  }

  private readonly starred = (found: Node[]): void => {
    if (this.is("*")) found.push(this.leaf());
    found.push(this.testNode());
  };

  private conversion(): Node {
    const { start, text } = this;
    const isConversion = text.charCodeAt(start) === exclamation && /[sra]/.test(text[start + 1] ?? "");
    if (!isConversion) throw irregular;
    this.restart(start + 2);
    return nodeOf("FormatConversion", start, start + 2);
  }

  private spec(): Node {
    const { text, start } = this;
    const found = [nodeOf(":", start, start + 1)];
    let at = start + 1;
    for (; at < text.length && text.charCodeAt(at) !== braceClose; at++) {
      if (text.charCodeAt(at) !== braceOpen) continue;
      const nested = this.replacement(at);
      found.push(nested);
      at = nested.end - 1;
    }
    this.restart(at);
    return nodeOf("FormatSpec", start, at, found);
  }
}

/** Behind an escape, whose own digits and name are no part of the text: `\N{DASH}` is no hole. */
function escapeEnd(text: string, at: number): number {
  if (text[at] === "N" && text[at + 1] === "{") {
    const end = /[}'"\n]/g;
    end.lastIndex = at + 2;
    const match = end.exec(text);
    return match ? match.index + (match[0] === "}" ? 1 : 0) : text.length;
  }
  return at + 1;
}
