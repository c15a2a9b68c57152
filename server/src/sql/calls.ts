import type { SqlDeed } from "./command.ts";
import { type Argument, callDeed } from "./functions.ts";
import { hole, type Token, unquote } from "./tokens.ts";

/** A deed read without the parser; `at`: where its call stands in the text with holes, undefined for the statement itself. */
export interface KeywordDeed {
  readonly deed: SqlDeed;
  readonly at?: number;
}

/** The calls of interest among the tokens of a statement, in source order. */
export function* calls(text: string, tokens: readonly Token[]): Generator<KeywordDeed> {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.kind !== "word" || !next || text.charAt(next.start) !== "(") continue;
    const args = argumentsFrom(text, tokens, index + 2);
    const deed = callDeed(text.slice(token.start, token.end).toLowerCase(), (position) => args[position]);
    // A qualified name begins where its schema does.
    const qualified = text.charAt(token.start - 1) === "." ? tokens[index - 2] : undefined;
    if (deed) yield { deed, at: qualified?.start ?? token.start };
  }
}

const argumentsFrom = (text: string, tokens: readonly Token[], from: number): readonly Argument[] => {
  const args: Argument[] = [];
  let depth = 0;
  let current: Token[] = [];
  for (const token of tokens.slice(from)) {
    const sign = token.kind === "sign" ? text.charAt(token.start) : "";
    if (depth === 0 && (sign === "," || sign === ")")) {
      args.push(constantOf(text, current));
      current = [];
      if (sign === ")") break;
      continue;
    }
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    current.push(token);
  }
  return args;
};

/** A lone constant, or one with a cast after it, or named with `=>` before it. */
const constantOf = (text: string, tokens: readonly Token[]): Argument => {
  const arrow = tokens.findIndex(
    (token, index) => text.charAt(token.start) === "=" && text.charAt(tokens[index + 1]?.start ?? -1) === ">",
  );
  const [first, second] = tokens.slice(arrow < 0 ? 0 : arrow + 2);
  if (!first || (second && text.charAt(second.start) !== ":")) return undefined;
  const spelt = text.slice(first.start, first.end);
  if (spelt.includes(hole)) return undefined;
  if (first.kind === "string") return unquote(spelt);
  if (first.kind === "number") return spelt;
  const word = spelt.toLowerCase();
  return word === "true" ? true : word === "false" ? false : undefined;
};
