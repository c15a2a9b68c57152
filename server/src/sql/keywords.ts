import type { SqlDeed, SqlVerb } from "./command.ts";
import { type Argument, callDeed, optional } from "./functions.ts";
import { hole, type StatementText, type Token } from "./tokens.ts";

/** A deed read without the parser; `at`: where its call stands in the text with holes, undefined for the statement itself. */
export interface KeywordDeed {
  readonly deed: SqlDeed;
  readonly at?: number;
}

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

/** The first keywords of SQL statements. A text that begins otherwise is no SQL. */
export const leadingKeywords: ReadonlySet<string> = new Set(
  (
    "select insert update delete with values merge table begin start commit end rollback abort savepoint release prepare execute " +
    "deallocate set reset discard listen unlisten notify create alter drop truncate comment grant revoke reassign security import " +
    "declare fetch move close load copy lock call do vacuum analyze analyse cluster reindex refresh checkpoint explain show"
  ).split(" "),
);

/** `undefined` for a text that only looks like SQL: "Update available", "Select a file". Takes lower case, single spaces. */
export const plausibleVerb = (shape: string): SqlVerb | undefined => {
  const verb = /^[( ]*(?<verb>[a-z]+)/.exec(shape)?.groups?.verb ?? "";
  if (verb === "with") return withVerb(shape);
  const entry = Object.hasOwn(dataVerbs, verb) ? dataVerbs[verb] : undefined;
  if (entry) return entry.looksRight.test(shape) ? entry.verb : undefined;
  return undefined;
};

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

type Names = Readonly<Record<string, string | undefined>>;

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

/** Without its quotes; doubled quotes become one. */
const unquote = (text: string): string => {
  const quote = text.charAt(0);
  return quote === "'" || quote === '"' ? text.slice(1, -1).replaceAll(quote + quote, quote) : text;
};

interface Shape {
  readonly pattern: RegExp;
  readonly deed: (names: Names) => SqlDeed;
}

const name = String.raw`(?<name>[\w?."'$\u0080-\uDFFF]+)`;
const channel = String.raw`(?<channel>[\w?"$\u0080-\uDFFF]+)`;
const mode =
  "(?:isolation|level|serializable|repeatable|read|committed|uncommitted|write|only|not|deferrable|,|\\?|isolation level)";
const work = "(?: work| transaction)?";
const chain = "(?: and no chain)?$";

const shape = (pattern: string, deed: (names: Names) => SqlDeed): Shape => ({ pattern: new RegExp(pattern), deed });

const scope = (word: string | undefined): "local" | "session" => (word === "local" ? "local" : "session");

/** In this order; each is the whole grammar of its statement as far as it tells SQL from other texts. */
const shapes: readonly Shape[] = [
  shape(`^begin${work}(?: ${mode})*$`, () => ({ does: "begin" })),
  shape(`^start transaction(?: ${mode})*$`, () => ({ does: "begin" })),
  shape("^commit prepared \\S+$", () => ({ does: "commit prepared" })),
  shape(`^(?:commit|end)${work} and chain$`, () => ({ does: "commit", chain: true })),
  shape(`^(?:commit|end)${work}${chain}`, () => ({ does: "commit", chain: false })),
  shape("^rollback prepared \\S+$", () => ({ does: "rollback prepared" })),
  shape(`^rollback${work} to(?: savepoint)? ${name}$`, ({ name }) => ({
    does: "rollback to",
    ...optional("name", name),
  })),
  shape(`^(?:rollback|abort)${work} and chain$`, () => ({ does: "rollback", chain: true })),
  shape(`^(?:rollback|abort)${work}${chain}`, () => ({ does: "rollback", chain: false })),
  shape(`^savepoint ${name}$`, ({ name }) => ({ does: "savepoint", ...optional("name", name) })),
  shape(`^release(?: savepoint)? ${name}$`, ({ name }) => ({ does: "release savepoint", ...optional("name", name) })),
  shape("^prepare transaction \\S+$", () => ({ does: "prepare transaction" })),
  shape(`^prepare ${name}(?: \\(.*?\\))? as `, ({ name }) => ({ does: "prepare", ...optional("name", name) })),
  shape(`^execute ${name}(?: \\(.*)?$`, ({ name }) => ({ does: "execute", ...optional("name", name) })),
  shape("^deallocate(?: prepare)? all$", () => ({ does: "deallocate", all: true })),
  shape(`^deallocate(?: prepare)? ${name}$`, ({ name }) => ({
    does: "deallocate",
    ...optional("name", name),
    all: false,
  })),
  shape("^set constraints ", () => ({ does: "set constraints" })),
  shape("^set session characteristics as transaction ", () => ({
    does: "set",
    name: "session characteristics",
    scope: "session",
  })),
  shape("^set(?: local)? transaction snapshot ", () => ({
    does: "set",
    name: "transaction snapshot",
    scope: "transaction",
  })),
  shape(`^set(?: local)? transaction(?: ${mode})+$`, () => ({
    does: "set",
    name: "transaction",
    scope: "transaction",
  })),
  shape("^set(?: (?<scope>local|session))? session authorization (?<role>\\S+)$", ({ scope: word, role }) => ({
    does: "set session authorization",
    scope: scope(word),
    ...optional("role", role === "default" ? undefined : role),
  })),
  shape("^set(?: (?<scope>local|session))? role (?<role>\\S+)$", ({ scope: word, role }) => ({
    does: "set role",
    scope: scope(word),
    ...optional("role", role),
  })),
  shape("^set(?: (?<scope>local|session))? time zone (?<value>.+)$", (names) => set("timezone", names)),
  shape("^set(?: (?<scope>local|session))? schema (?<value>\\S+)$", (names) => set("search_path", names)),
  shape("^set(?: (?<scope>local|session))? names (?<value>\\S+)$", (names) => set("client_encoding", names)),
  shape(`^set(?: (?<scope>local|session))? ${name} (?:to|=) (?<value>.+)$`, (names) => set(names.name, names)),
  shape("^reset session authorization$", () => ({ does: "reset", name: "session_authorization" })),
  shape("^reset time zone$", () => ({ does: "reset", name: "timezone" })),
  shape(`^reset ${name}$`, ({ name }) => ({ does: "reset", ...optional("name", name) })),
  shape("^discard all$", () => ({ does: "discard", what: "all" })),
  shape("^discard plans$", () => ({ does: "discard", what: "plans" })),
  shape("^discard sequences$", () => ({ does: "discard", what: "sequences" })),
  shape("^discard temp(?:orary)?$", () => ({ does: "discard", what: "temp" })),
  shape(`^listen ${channel}$`, ({ channel }) => ({ does: "listen", ...optional("channel", channel) })),
  shape("^unlisten \\*$", () => ({ does: "unlisten" })),
  shape(`^unlisten ${channel}$`, ({ channel }) => ({ does: "unlisten", ...optional("channel", channel) })),
  shape(`^notify ${channel}(?: , \\S+)?$`, ({ channel }) => ({ does: "notify", ...optional("channel", channel) })),
  shape(`^declare ${name}(?: (?:binary|insensitive|asensitive|no|scroll))* cursor with hold for `, ({ name }) => ({
    does: "declare cursor",
    ...optional("name", name),
    hold: true,
  })),
  shape(
    `^declare ${name}(?: (?:binary|insensitive|asensitive|no|scroll))* cursor(?: without hold)? for `,
    ({ name }) => ({
      does: "declare cursor",
      ...optional("name", name),
      hold: false,
    }),
  ),
  shape("^load (?<file>'\\d+|\\?)$", ({ file }) => ({ does: "load", ...optional("file", file) })),
  shape("^copy .* from ", () => ({ does: "copy", direction: "from" })),
  shape("^copy .* to ", () => ({ does: "copy", direction: "to" })),
  shape(
    `^create (?:or replace )?(?:global |local )?temp(?:orary)? sequence (?:if not exists )?${name}`,
    ({ name }) => ({
      does: "create temp",
      what: "sequence",
      ...optional("name", name),
      onCommit: "preserve",
    }),
  ),
  shape(`^create (?:or replace )?(?:global |local )?temp(?:orary)? (?:recursive )?view ${name}`, ({ name }) => ({
    does: "create temp",
    what: "view",
    ...optional("name", name),
    onCommit: "preserve",
  })),
];

const set = (name: string | undefined, { scope: word, value }: Names): SqlDeed => ({
  does: "set",
  ...optional("name", name),
  scope: scope(word),
  ...(value === "default" ? { toDefault: true } : optional("value", value?.replaceAll(" , ", ", "))),
});

/** CREATE TEMP TABLE, or SELECT … INTO TEMP. */
const temporaryTable = (shape: string): SqlDeed | undefined => {
  const found = temporaryTablePattern.exec(shape)?.groups;
  if (!found) return undefined;
  const given = found.name;
  return {
    does: "create temp",
    what: "table",
    ...optional("name", given?.includes("?") || given?.startsWith('"') ? undefined : given),
    onCommit: / on commit drop\b/.test(shape) ? "drop" : / on commit delete rows\b/.test(shape) ? "delete" : "preserve",
  };
};

const temporaryTablePattern = new RegExp(
  `^(?:create (?:global |local )?temp(?:orary)? table (?:if not exists )?|create table (?:if not exists )?pg_temp\\.|select .* into temp(?:orary)? (?:table )?)${name}`,
);

interface DataVerb {
  readonly verb: SqlVerb;
  /** What such a statement cannot be without. */
  readonly looksRight: RegExp;
}

const ddl: DataVerb = {
  verb: "ddl",
  looksRight:
    /^\w+ (?:or |all |if |unique |index|table|temp|global |local |unlogged |view|materialized |recursive |function|procedure|routine|trigger|event |schema|sequence|type|domain|role|user|group|database|extension|policy|publication|subscription|server|foreign |aggregate|operator|cast|collation|conversion|language|large |rule|statistics|tablespace|text |access |transform|default |owned|on |only |trusted |constraint |system |\?|"\d|select|insert|update|delete|usage|execute|connect|create|label|column|[\w."]+ to |[\w."]+ on )/,
};

const dataVerbs: Readonly<Record<string, DataVerb>> = {
  // A select list has a sign of its own, or is one thing: `select 1`, `select now()`, `select a, b from t`.
  select: { verb: "select", looksRight: /^[( ]*select(?: [*?'"\d(-]| distinct | all |.* from | [^ ]+$|.*[(,=:*?'"])/ },
  insert: { verb: "insert", looksRight: /^insert into / },
  update: { verb: "update", looksRight: /^update .* set |^update \?|^update \S+ \?/ },
  delete: { verb: "delete", looksRight: /^delete from / },
  merge: { verb: "merge", looksRight: /^merge into / },
  values: { verb: "values", looksRight: /^[( ]*values (?:\(|\?)/ },
  table: { verb: "select", looksRight: /^[( ]*table \S+$/ },
  explain: {
    verb: "explain",
    looksRight: /^explain .*\b(?:select|insert|update|delete|merge|values|with|execute)\b|^explain .*\?/,
  },
  show: { verb: "show", looksRight: /^show (?:[\w.?]+|time zone|session authorization|transaction isolation level)$/ },
  fetch: { verb: "fetch", looksRight: /^fetch(?: .*)? (?:from |in )?[\w?."]+$/ },
  move: { verb: "fetch", looksRight: /^move(?: .*)? (?:from |in )[\w?."]+$/ },
  close: { verb: "close", looksRight: /^close [\w?"]+$/ },
  lock: { verb: "lock", looksRight: /^lock (?:table )?(?:only )?[\w?.", ]+(?: in [a-z ]+ mode)?(?: nowait)?$/ },
  call: { verb: "call", looksRight: /^call [\w?."]+ \(/ },
  do: { verb: "do", looksRight: /^do (?:language \S+ )?'\d/ },
  vacuum: { verb: "vacuum", looksRight: /^vacuum(?: [\w?.",() ]+)?$/ },
  analyze: { verb: "analyze", looksRight: /^analyze(?: verbose)?(?: [\w?."]+(?: \([\w?.", ]+\))?)?$/ },
  refresh: { verb: "refresh", looksRight: /^refresh materialized view / },
  checkpoint: { verb: "checkpoint", looksRight: /^checkpoint$/ },
  create: ddl,
  alter: ddl,
  drop: ddl,
  truncate: { verb: "ddl", looksRight: /^truncate(?: table)?(?: only)? [\w?.", ]+$/ },
  comment: { verb: "ddl", looksRight: /^comment on / },
  grant: ddl,
  revoke: ddl,
  reindex: { verb: "ddl", looksRight: /^reindex (?:\(.*\) )?(?:index|table|schema|database|system) / },
  cluster: { verb: "ddl", looksRight: /^cluster(?: verbose)?(?: [\w?."]+(?: using [\w?."]+)?)?$/ },
  security: { verb: "ddl", looksRight: /^security label / },
  import: { verb: "ddl", looksRight: /^import foreign schema / },
  reassign: { verb: "ddl", looksRight: /^reassign owned by / },
};

/** The verb behind the common table expressions: the first one outside parentheses. */
const withVerb = (shape: string): SqlVerb | undefined => {
  let depth = 0;
  for (const token of shape.split(" ")) {
    if (token === "(") depth += 1;
    else if (token === ")") depth -= 1;
    else if (depth === 0 && verbsBehindWith.has(token)) return token as SqlVerb;
  }
  return undefined;
};

const verbsBehindWith: ReadonlySet<string> = new Set(["select", "insert", "update", "delete", "merge", "values"]);

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

function* calls(text: string, tokens: readonly Token[]): Generator<KeywordDeed> {
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
