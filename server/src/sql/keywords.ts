import { calls, type KeywordDeed } from "./calls.ts";
import type { SqlVerb } from "./command.ts";
import { type Names, shapes, temporaryTable } from "./shapes.ts";
import { hole, type StatementText, type Token, unquote } from "./tokens.ts";
import { plausibleVerb } from "./verbs.ts";

/**
 * What a statement does by its leading keywords: for texts that do not parse, and while the parser is not loaded. Undefined where
 * the words that follow show that it is no SQL (`BEGIN:VCALENDAR`, a PL/pgSQL body, prose).
 */
export const deedsOfKeywords = (text: string, statement: StatementText): readonly KeywordDeed[] | undefined => {
  const shape = shapeOf(text, statement.tokens);
  for (const { pattern, deed } of shapes) {
    const groups = pattern.exec(shape)?.groups;
    if (groups) return [{ deed: deed(namesIn(groups, text, statement.tokens)) }];
    if (pattern.test(shape)) return [{ deed: deed({}) }];
  }
  const verb = plausibleVerb(shape);
  if (!verb) return undefined;
  const main: KeywordDeed = { deed: temporaryTable(shape) ?? { does: "other", verb } };
  return runsCalls.has(verb) ? [main, ...calls(text, statement.tokens)] : [main];
};

const runsCalls: ReadonlySet<SqlVerb> = new Set([
  "select",
  "insert",
  "update",
  "delete",
  "merge",
  "values",
  "call",
  "explain",
]);

/** A statement in one line of tokens: words in lower case, `'7` and `"7` for the string or quoted name that is token 7, `?` for holes. */
const shapeOf = (text: string, tokens: readonly Token[]): string => {
  const parts: string[] = [];
  let previous: Token | undefined;
  for (const [index, token] of tokens.entries()) {
    // What touches is one name (`app.tenant`, `sp_` and a hole), unless a sign stands between.
    const glued = previous?.end === token.start && !isSeparator(text, token) && !isSeparator(text, previous);
    parts.push(glued || previous === undefined ? "" : " ", shapeOfToken(text, token, index));
    previous = token;
  }
  return parts.join("");
};

const isSeparator = (text: string, token: Token): boolean =>
  token.kind === "semicolon" || (token.kind === "sign" && text.charAt(token.start) !== ".");

const shapeOfToken = (text: string, token: Token, index: number): string => {
  switch (token.kind) {
    case "hole":
    case "placeholder":
    case "parameter":
      return "?";
    case "string":
      return `'${index}`;
    case "quoted":
      return `"${index}`;
    case "word":
    case "number":
    case "sign":
    case "semicolon":
      return text.slice(token.start, token.end).toLowerCase();
  }
};

/** The captured names in full; those with a hole are left out. */
const namesIn = (groups: Names, text: string, tokens: readonly Token[]): Names => {
  const names: Record<string, string | undefined> = {};
  for (const [key, captured] of Object.entries(groups)) {
    if (captured === undefined || captured.includes("?")) continue;
    const name = captured.replace(/['"](\d+)/g, (_, index: string) => {
      const token = tokens[Number(index)];
      return token ? unquote(text.slice(token.start, token.end)) : "";
    });
    if (!name.includes(hole)) names[key] = name;
  }
  return names;
};
