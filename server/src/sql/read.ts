import type { SqlCommand, SqlDeed, SqlVerb } from "./command.ts";
import { interesting } from "./functions.ts";
import { parseWithHoles } from "./holes.ts";
import { deedsOfKeywords } from "./keywords.ts";
import { parserGeneration } from "./load.ts";
import { hole, joinPieces, type StatementText, splitStatements } from "./tokens.ts";
import { deedsOfTree } from "./tree.ts";
import { leadingKeywords, plausibleVerb } from "./verbs.ts";

/**
 * What a text does, statement by statement, in source order. `undefined` stands for a piece that is not known. A text that is not
 * SQL does nothing. Pure; never throws; exact where PostgreSQL's parser is loaded, by keywords where it is not.
 */
export const readSql = (pieces: readonly (string | undefined)[]): readonly SqlCommand[] => {
  const text = joinPieces(pieces);
  return known(text) ?? remember(text, read(text));
};

const read = (text: string): readonly SqlCommand[] => {
  const keyword = leadingKeyword(text);
  if (keyword === undefined) return [];
  return plain(text, keyword) ?? readStatements(text);
};

/** Space, comments and opening parentheses before the first word. */
const lead = /(?:[\s(]|--[^\r\n]*(?:[\r\n]|$)|\/\*[\s\S]*?\*\/)*/y;
const word = /[A-Za-z]+(?![\w$:])/y;

/** The first word in lower case, `""` where the text begins with a hole, undefined where it cannot be SQL. */
const leadingKeyword = (text: string, from = 0): string | undefined => {
  lead.lastIndex = from;
  lead.exec(text);
  const start = lead.lastIndex;
  // A text that is one unknown piece says nothing; statements behind a hole may.
  if (text.charAt(start) === hole) return text.includes(";") ? "" : undefined;
  // `;` alone may open a text.
  if (text.charAt(start) === ";") return "";
  word.lastIndex = start;
  const found = word.exec(text)?.[0].toLowerCase();
  return found !== undefined && leadingKeywords.has(found) ? found : undefined;
};

const plainVerbs: ReadonlySet<string> = new Set(["select", "insert", "update", "delete", "values"]);

/** One SELECT, INSERT, UPDATE or DELETE without a word of interest: most of all SQL, told without a parse. */
const plain = (text: string, keyword: string): readonly SqlCommand[] | undefined => {
  if (!plainVerbs.has(keyword) || interesting.test(text)) return undefined;
  const end = text.trimEnd().replace(/;$/, "").trimEnd().length;
  if (text.lastIndexOf(";", end - 1) >= 0) return undefined;
  const start = lead.lastIndex;
  const opening = text
    .slice(start, start + 400)
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replaceAll(hole, "?");
  const verb = plausibleVerb(opening);
  return verb ? [command({ does: "other", verb }, text, start, end)] : undefined;
};

/** Texts read lately, by the text with holes: the same statements are read again on every keystroke. */
const memory = new Map<string, readonly SqlCommand[]>();
const memorySize = 4000;
const longestRemembered = 20_000;
let memoryGeneration = parserGeneration();

const known = (text: string): readonly SqlCommand[] | undefined => {
  if (memoryGeneration !== parserGeneration()) {
    memory.clear();
    memoryGeneration = parserGeneration();
  }
  return memory.get(text);
};

const remember = (text: string, commands: readonly SqlCommand[]): readonly SqlCommand[] => {
  // What is longer is no query that somebody writes again and again.
  if (text.length > longestRemembered) return commands;
  if (memory.size >= memorySize) memory.clear();
  memory.set(text, commands);
  return commands;
};

const readStatements = (text: string): readonly SqlCommand[] => {
  const commands: SqlCommand[] = [];
  for (const statement of splitStatements(text)) {
    const found = readStatement(text, statement);
    // A statement that PostgreSQL would refuse in every reading: the text is prose, a calendar, the body of a function.
    if (!found) return [];
    commands.push(...found);
  }
  // Pieces that nobody knows between semicolons are no SQL.
  return commands.some((command) => command.does !== "other" || command.verb !== "unknown") ? commands : [];
};

const readStatement = (text: string, statement: StatementText): readonly SqlCommand[] | undefined => {
  if (text.charAt(statement.start) === hole) return [unknown(text, statement)];
  if (leadingKeyword(text, statement.start) === undefined) return undefined;
  const parsed = parseWithHoles(text, statement);
  if (parsed === undefined || parsed === "absent") {
    const deeds = deedsOfKeywords(text, statement);
    return deeds?.map(({ deed, at }) => commandAt(deed, text, statement, at));
  }
  return parsed.statements.flatMap((tree) =>
    deedsOfTree(tree).map(({ deed, at }) =>
      commandAt(deed, text, statement, at === undefined ? undefined : parsed.toSource(at)),
    ),
  );
};

const unknown = (text: string, { start, end }: StatementText): SqlCommand =>
  command({ does: "other", verb: "unknown" satisfies SqlVerb }, text, start, end);

const commandAt = (deed: SqlDeed, text: string, statement: StatementText, at: number | undefined): SqlCommand =>
  at === undefined
    ? command(deed, text, statement.start, statement.end)
    : command(deed, text, at, calledName(text, at, statement.end));

/** The end of the name that is called, with its schema. */
const calledName = (text: string, start: number, limit: number): number => {
  callee.lastIndex = start;
  const found = callee.exec(text);
  return Math.min(limit, found ? callee.lastIndex : start);
};

const callee = /[\w."]+/y;

/** Spans count the known pieces alone: holes have no width. */
const command = (deed: SqlDeed, text: string, start: number, end: number): SqlCommand => ({
  ...deed,
  span: { start: withoutHoles(text, start), end: withoutHoles(text, end) },
});

const withoutHoles = (text: string, offset: number): number => {
  let count = 0;
  for (let at = text.indexOf(hole); at >= 0 && at < offset; at = text.indexOf(hole, at + 1)) count += 1;
  return offset - count;
};
