import type { Deed, DeedWords } from "./deeds.ts";

/** Finds deeds in a text: by the names of members, and by SQL that is more than reading and writing rows. It may find one too many, in any object. */
export class DeedText {
  private readonly members: RegExp;

  constructor(words: DeedWords) {
    const called = (deed: Deed): string =>
      `((?<![\\w$])${anyOf(words.get(deed))}(?:\\s*(?:\\?\\.\\s*)?[(<\`]|\\.(?:bind|call|apply)\\b))`;
    const sent = `(\\.${anyOf(words.get("sending"))}(?:\\s*(?:<[^()]{0,200}>)?\\(${notAText}|\\.(?:bind|call|apply)\\b))`;
    const all = [called("opening"), called("closing"), called("lending"), sent, called("other")];
    this.members = new RegExp(all.join("|"), "g");
  }

  /** A line that begins as a comment does none. */
  isIn(text: string): boolean {
    return (
      isFound(this.members, text) ||
      isFound(transaction, text) ||
      isFound(quoted, text) ||
      isFound(calls, text) ||
      isFound(listening, text, (at) => listener.test(text.slice(Math.max(0, at - 60), at)))
    );
  }
}

/** Whether a pattern, of a global RegExp, is found in a line that is no comment. */
function isFound(pattern: RegExp, text: string, isMeant: (at: number) => boolean = () => true): boolean {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const line = text.slice(text.lastIndexOf("\n", match.index - 1) + 1, match.index + 2).trimStart();
    if (!/^(?:\/[/*]|\*(?!\/))/.test(line) && isMeant(match.index)) return true;
  }
  return false;
}

/** What a text that is sent does; undefined for reading and writing rows. */
export function textDeed(text: string): Deed | undefined {
  const found = sqlAlone.exec(`"${text}"`);
  if (found === null) return undefined;
  return sqlDeeds[found.findIndex((group, index) => index > 0 && group !== undefined) - 1];
}

/** A pattern for any of these words; for none, one that nothing matches. */
export const anyOf = (words: Iterable<string> | undefined): string => {
  const all = [...(words ?? [])].map((word) => word.replace(/[$.*+?^{}()|[\]\\]/g, "\\$&"));
  return all.length > 0 ? `(?:${all.join("|")})` : "(?!)";
};

/** A transaction that is handed over, by the names that people give it. */
const transaction = /(?<![\w$])(?:transaction|trx|tx)\s*[:,)}?.]/g;

/** Not a text that is written out, with or without a tag or an object around it; one that has a name counts. */
const notAText = "(?!\\s*(?:[\"'`)]|sql\\s*[`<.]|\\{\\s*text:\\s*[\"'`](?![^{}]{0,2000}\\bname\\s*[:,])))";

const afterQuote = "(?:[\"'`;]|\\*/|--[^\\n]*\\n)\\s*";

/** Statements that change or need the session. `SET` of an UPDATE stands behind a table's name. */
const ofSession = `(?:${[
  "end\\s*(?:;|transaction|work)",
  "savepoint\\s",
  "release\\s+savepoint",
  "prepare\\s+\\w",
  "execute\\s+\\w",
  "deallocate\\s",
  "(?:un)?listen\\s",
  "declare\\s",
  'set\\s+(?:local|session|role|time\\s+zone|transaction|constraints|[\\w.$\\{\\}"]+\\s*(?:=|to\\b))',
  "reset\\s+\\w",
  "discard\\s",
  "load\\s+'",
].join("|")})`;

const anywhere =
  "set_config|pg_(?:try_)?advisory|\\b(?:curr|last)val\\b|\\btemp(?:orary)?\\s+(?:table|view|sequence)|pg_temp|with\\s+hold";

const anywherePattern = new RegExp(anywhere, "i");

const migration =
  "\\.migrate\\s*\\.|\\bgetMigrator\\(|\\.migrator\\b|[sS]chemaGenerator|\\.(?:runMigrations|undoLastMigration|synchronize|dropDatabase)\\s*\\(|\\bmigrate(?:ToLatest|To|Up|Down)\\s*\\(";

const statements = [
  `(${afterQuote}(?:begin\\s*(?:["'\`;]|transaction|work|isolation|read)|start\\s+transaction))`,
  `(${afterQuote}(?:commit|rollback)\\s*(?:["'\`;]|to\\b|transaction|work|and\\b))`,
  `(${afterQuote}${ofSession})`,
];
const sqlAlone = new RegExp([...statements, `(${anywhere})`].join("|"), "i");
const sqlDeeds: readonly Deed[] = ["opening", "closing", "other", "other"];
const quoted = new RegExp(statements.join("|"), "gi");

/** Whether a text has SQL in it that is more than reading and writing rows, in a comment or not. */
export const sessionText = (text: string): boolean => text.search(quoted) >= 0 || text.search(anywherePattern) >= 0;

const calls = new RegExp(`${anywhere}|${migration}`, "gi");

/** A pool without a listener for errors is a finding: who adds one has to be seen. */
const listening =
  /\.(?:on|once|addListener|prependListener|addHook)\s*\(\s*["'](?:error|connect|acquire|remove|release|(?:before|after)Connect)\b/g;
/** What a listener is added to, by its name. */
const listener =
  /(?:pool|client|db|pg|knex|sql|conn|database|driver|instance|sequelize|get\w*\(\))\w*(?:\([^()]*\))?\s*[?!)]*\s*$/i;
