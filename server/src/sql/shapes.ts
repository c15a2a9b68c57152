import type { SqlDeed } from "./command.ts";
import { optional } from "./functions.ts";

/** What a pattern captured, by group; a name that is not constant is absent. */
export type Names = Readonly<Record<string, string | undefined>>;

export interface Shape {
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
export const shapes: readonly Shape[] = [
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
export const temporaryTable = (shape: string): SqlDeed | undefined => {
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
