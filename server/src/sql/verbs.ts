import type { SqlVerb } from "./command.ts";

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
