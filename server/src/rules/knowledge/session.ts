import type { Model, Pool, Statement, Tristate } from "../../core/model.ts";
import type { PoolerKind, Profile } from "../../core/profile.ts";
import type { Edit, Finding, Report, Severity } from "../../core/rule.ts";
import { contains, slice, span } from "../../core/text.ts";
import { readSql, type SqlCommand, type SqlDeed } from "../../sql/index.ts";
import { isSetTo, poolLabel, setOptions, sourceOf } from "./options.ts";
import { samePlace } from "./transactions.ts";
import { because, byMode, poolerName, sharesServers } from "./verdict.ts";

/**
 * What becomes of what a client leaves in its session. `leaks`: the next client of the server connection has it, and its own next
 * transaction may run elsewhere. `is lost`: the pooler clears the connection after each transaction. `pins`: the pooler keeps the
 * connection for this client alone.
 */
export type Fate = "leaks" | "is lost" | "pins";

/** Poolers that do something about session state by themselves; all others hand it on. The reference says what they do. */
const byKind: Partial<Record<PoolerKind, Fate>> = {
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-pinning.html
  "rds-proxy": "pins",
  // https://developers.cloudflare.com/hyperdrive/concepts/how-hyperdrive-works/#pooling-mode
  hyperdrive: "is lost",
  // `cleanup_server_connections`, on by default: https://github.com/postgresml/pgcat/blob/main/CONFIG.md
  pgcat: "is lost",
  // `pool_discard`, on by default: https://github.com/yandex/odyssey/blob/master/documentation/configuration.md
  odyssey: "is lost",
};

/** Undefined where the session is the client's own. */
export function fateOf(profile: Profile): Fate | undefined {
  if (!sharesServers(profile) || profile.direct) return undefined;
  const fate = byKind[profile.kind.value];
  if (fate) return fate;
  return profile.serverResetQueryAlways?.value === true ? "is lost" : "leaks";
}

/** One thing that a statement does, with what is known of the transaction around it. */
export interface SqlUse<D extends SqlDeed = SqlDeed> {
  readonly statement: Statement;
  readonly deed: D & SqlCommand;
  readonly fate: Fate;
  /** Inside a transaction, the statement's own text included; `unknown` where several statements are sent at once. */
  readonly within: Tristate;
  /** Everything that the text does, in source order. */
  readonly commands: readonly SqlCommand[];
}

/** Everything of these kinds that is sent where sessions are shared. Tests run against a database of their own. */
export function* usesOf<N extends SqlDeed["does"]>(
  model: Model,
  ...names: readonly N[]
): Generator<SqlUse<Extract<SqlDeed, { does: N }>>> {
  const wanted: ReadonlySet<string> = new Set(names);
  const seen = new Set<Statement["call"]>();
  for (const { statement, fate, commands } of sentWhereShared(model)) {
    if (!commands.some(({ does }) => wanted.has(does))) continue;
    // One call through a handle that may be a pool or a transaction is told once, and nothing is claimed of the transaction.
    if (seen.has(statement.call)) continue;
    seen.add(statement.call);
    let within = inTransaction(model, statement);
    // Several statements in one text are one transaction of the server's own making.
    const outside = isSingle(commands) ? "no" : "unknown";
    if (within === "no") within = outside;
    for (const deed of commands) {
      if (wanted.has(deed.does)) {
        yield { statement, deed: deed as SqlUse<Extract<SqlDeed, { does: N }>>["deed"], fate, within, commands };
      }
      if (deed.does === "begin") within = "yes";
      if (deed.does === "commit" || deed.does === "rollback") within = deed.chain ? "yes" : outside;
    }
  }
}

interface Sent {
  readonly statement: Statement;
  readonly fate: Fate;
  readonly commands: readonly SqlCommand[];
}

const sent = new WeakMap<Model, readonly Sent[]>();

/** What leaves something in a session, or asks for what is in it, where sessions are shared. */
function sentWhereShared(model: Model): readonly Sent[] {
  let found = sent.get(model);
  if (!found) {
    const all: Sent[] = [];
    // All statements, with every key.
    for (const statement of model.statements) {
      const one = sentIn(statement);
      if (one) all.push(one);
    }
    found = all;
    sent.set(model, found);
  }
  return found;
}

const sentBy = new WeakMap<Statement, Sent | false>();

/** What a statement sends; false where that is of no concern to a session. A statement is the same one as long as nothing about it changes. */
function sentIn(statement: Statement): Sent | false {
  let known = sentBy.get(statement);
  if (known === undefined) {
    const fate = statement.context === "test" ? undefined : fateOf(statement.profile);
    const commands = fate && commandsOf(statement);
    known = fate && commands?.some(({ does }) => !ofTransactions.has(does)) ? { statement, fate, commands } : false;
    sentBy.set(statement, known);
  }
  return known;
}

/** What the server itself forgets at the end of a transaction. */
const ofTransactions: ReadonlySet<SqlDeed["does"]> = new Set<SqlDeed["does"]>([
  "other",
  "begin",
  "commit",
  "rollback",
  "savepoint",
  "release savepoint",
  "rollback to",
]);

const read = new WeakMap<Statement, readonly SqlCommand[]>();

/** What a statement's text does. */
export function commandsOf(statement: Statement): readonly SqlCommand[] {
  let commands = read.get(statement);
  if (!commands) {
    commands = readSql(statement.text);
    read.set(statement, commands);
  }
  return commands;
}

/** Whether a text is one statement: what it calls is listed after it. */
export const isSingle = ([first, ...rest]: readonly SqlCommand[]): boolean =>
  first !== undefined && rest.every((each) => contains(first.span, each.span));

function inTransaction(model: Model, statement: Statement): Tristate {
  const others = model.statements.filter(({ call }) => call === statement.call);
  return others.every((each) => each.inTransaction === statement.inTransaction) ? statement.inTransaction : "unknown";
}

/** How severe a fault of session state is: pinning costs connections alone, and a script may well have a connection of its own. */
export function severityOf(
  { profile, context }: { readonly profile: Profile; readonly context: Pool["context"] },
  fate: Fate,
  severity: Severity,
): Severity {
  if (fate === "pins") return "information";
  if (context === "script") return "information";
  return byMode(profile, severity);
}

/** Ends a message about something that the session is to keep: what becomes of it, and why. */
export function consequence(profile: Profile, fate: Fate, leaks: string): string {
  if (fate === "pins")
    return `pins its client to one server connection: nothing breaks, but ${poolerName(profile)} cannot share that connection any more`;
  const reset = profile.serverResetQueryAlways?.value === true ? profile.serverResetQueryAlways.words : undefined;
  if (fate === "is lost")
    return `is gone after the transaction: ${poolerName(profile)} clears the server connection then ${reset ? `(${reset})` : because(profile)}`;
  return `${leaks} ${because(profile)}`;
}

/** The place of the text where it is written apart from the call that sends it, and the connect hook that sends it. */
export function around(statement: Statement): Finding["related"] {
  const { written, place, hook, transaction } = statement;
  const apart = written && !(written.path === place.path && contains(place.span, written.span)) ? [written] : [];
  const begun = transaction && !samePlace(transaction.place, place) ? [transaction.place] : [];
  return [
    ...apart.map((at) => ({ place: at, message: "The statement's text is written here." })),
    ...(hook ? [{ place: hook, message: "This runs for every new connection." }] : []),
    ...begun.map((at) => ({ place: at, message: "The transaction begins here." })),
  ];
}

/**
 * Replaces the pieces of the statement's source text that match (the group `change` of each, or all of it); undefined where there are more
 * or fewer than expected.
 */
export function rewrite(
  model: Model,
  { written, place }: Statement,
  pattern: RegExp,
  replacement: string,
  expected = 1,
): readonly Edit[] | undefined {
  // A text apart from the call may be sent by others, too.
  if (!written || written.path !== place.path || !contains(place.span, written.span)) return undefined;
  const source = slice(sourceOf(model, written.path).text, written.span);
  const matches = [...source.matchAll(new RegExp(pattern.source, `${pattern.flags.replace("g", "")}dg`))];
  if (matches.length !== expected) return undefined;
  return matches.map(({ indices }) => {
    const [start, end] = indices?.groups?.change ?? indices?.[0] ?? [0, 0];
    return {
      path: written.path,
      span: span(written.span.start + start, written.span.start + end),
      newText: replacement,
    };
  });
}

/**
 * What the library sends by itself over a pool whose sessions others share, and what comes of it, until an option switches it off. What nobody
 * wrote is told of where a pooler is known to be there.
 */
export function* sentUnasked(
  model: Model,
  pool: Pool,
  on: "connect" | "release",
  consequence: string,
): Generator<Report> {
  const { driver, options, profile } = pool;
  if (pool.postgres !== "yes" || pool.context === "test" || pool.via !== "opens" || !options.complete) return;
  if (fateOf(profile) !== "leaks" || profile.mode.strength !== "stated") return;
  for (const { sql, unless, ...sent } of driver.sends ?? []) {
    if (sent.on !== on) continue;
    // Told already where the option itself is given.
    if (unless.some((setting) => isSetTo(pool, setting) || options.entries.some(({ path }) => path === setting.path)))
      continue;
    const edits = setOptions(model, pool, unless.slice(0, 1));
    yield {
      place: pool.place,
      severity: "information",
      message: `\`${poolLabel(model, pool)}\` sends \`${sql}\` ${consequence}.`,
      fixes: edits ? [{ title: `Do not send \`${sql}\``, safety: "suggestion", edits }] : [],
    };
  }
}

/** The first of what one call does, for a message that speaks of all. */
export const andMore = (first: string, count: number): string =>
  count > 1 ? `${first} (with ${count - 1} more like it)` : first;

/** What is sent by one call, together. */
export function byCall<D extends SqlDeed>(
  uses: Iterable<SqlUse<D>>,
): readonly (readonly [SqlUse<D>, ...SqlUse<D>[]])[] {
  const groups = new Map<Statement, [SqlUse<D>, ...SqlUse<D>[]]>();
  for (const use of uses) {
    const group = groups.get(use.statement);
    if (group) group.push(use);
    else groups.set(use.statement, [use]);
  }
  return [...groups.values()];
}
