import type { SqlDeed, SqlVerb } from "./command.ts";
import { type Argument, callDeed, optional } from "./functions.ts";
import { mark } from "./holes.ts";

/** A deed of a statement's tree; `at`: the byte where its call stands, undefined for the statement itself. */
export interface TreeDeed {
  readonly deed: SqlDeed;
  readonly at?: number;
}

type Node = Readonly<Record<string, unknown>>;

/** What a statement does, by PostgreSQL's own tree of it. */
export const deedsOfTree = (statement: unknown): readonly TreeDeed[] => {
  const [kind, node] = only(statement);
  if (kind === undefined) return [];
  const read = Object.hasOwn(statements, kind) ? statements[kind] : undefined;
  const deed = read?.(node) ?? other(verbOf(kind, node));
  return runsCalls.has(kind) ? [{ deed }, ...calls(node)] : [{ deed }];
};

/** Statements whose functions run when they do. The others store an expression (a view, a default) or a prepared text. */
const runsCalls: ReadonlySet<string> = new Set([
  "SelectStmt",
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
  "MergeStmt",
  "CreateTableAsStmt",
  "CopyStmt",
  "CallStmt",
  "ExplainStmt",
  "DeclareCursorStmt",
  "ExecuteStmt",
]);

const other = (verb: SqlVerb): SqlDeed => ({ does: "other", verb });

const statements: Readonly<Record<string, (node: Node) => SqlDeed | undefined>> = {
  TransactionStmt: (node) => transactions[string(node.kind) ?? ""]?.(node),
  VariableSetStmt: (node) => variable(node),
  ConstraintsSetStmt: () => ({ does: "set constraints" }),
  DiscardStmt: (node) => discards[string(node.target) ?? ""],
  ListenStmt: (node) => ({ does: "listen", ...constant("channel", node.conditionname) }),
  UnlistenStmt: (node) => ({ does: "unlisten", ...constant("channel", node.conditionname) }),
  NotifyStmt: (node) => ({ does: "notify", ...constant("channel", node.conditionname) }),
  CreateStmt: (node) => temporary("table", node.relation, node.oncommit),
  CreateTableAsStmt: (node) => into(record(node.into)),
  SelectStmt: (node) => into(record(node.intoClause)),
  ViewStmt: (node) => temporary("view", node.view, undefined),
  CreateSeqStmt: (node) => temporary("sequence", node.sequence, undefined),
  PrepareStmt: (node) => ({ does: "prepare", ...constant("name", node.name) }),
  ExecuteStmt: (node) => ({ does: "execute", ...constant("name", node.name) }),
  DeallocateStmt: (node) => ({ does: "deallocate", ...constant("name", node.name), all: node.isall === true }),
  DeclareCursorStmt: (node) => ({
    does: "declare cursor",
    ...constant("name", node.portalname),
    hold: (Number(node.options ?? 0) & cursorHold) !== 0,
  }),
  LoadStmt: (node) => ({ does: "load", ...constant("file", node.filename) }),
  CopyStmt: (node) => ({ does: "copy", direction: node.is_from === true ? "from" : "to" }),
};

/** CURSOR_OPT_HOLD in PostgreSQL's parsenodes.h. */
const cursorHold = 0x20;

const transactions: Readonly<Record<string, (node: Node) => SqlDeed>> = {
  TRANS_STMT_BEGIN: () => ({ does: "begin" }),
  TRANS_STMT_START: () => ({ does: "begin" }),
  TRANS_STMT_COMMIT: (node) => ({ does: "commit", chain: node.chain === true }),
  TRANS_STMT_ROLLBACK: (node) => ({ does: "rollback", chain: node.chain === true }),
  TRANS_STMT_SAVEPOINT: (node) => ({ does: "savepoint", ...constant("name", node.savepoint_name) }),
  TRANS_STMT_RELEASE: (node) => ({ does: "release savepoint", ...constant("name", node.savepoint_name) }),
  TRANS_STMT_ROLLBACK_TO: (node) => ({ does: "rollback to", ...constant("name", node.savepoint_name) }),
  TRANS_STMT_PREPARE: () => ({ does: "prepare transaction" }),
  TRANS_STMT_COMMIT_PREPARED: () => ({ does: "commit prepared" }),
  TRANS_STMT_ROLLBACK_PREPARED: () => ({ does: "rollback prepared" }),
};

const discards: Readonly<Record<string, SqlDeed>> = {
  DISCARD_ALL: { does: "discard", what: "all" },
  DISCARD_PLANS: { does: "discard", what: "plans" },
  DISCARD_SEQUENCES: { does: "discard", what: "sequences" },
  DISCARD_TEMP: { does: "discard", what: "temp" },
};

const variable = (node: Node): SqlDeed => {
  const kind = string(node.kind);
  const name = known(node.name)?.toLowerCase();
  if (kind === "VAR_RESET_ALL") return { does: "reset", name: "all" };
  if (kind === "VAR_RESET") return { does: "reset", ...optional("name", name) };
  const scope = node.is_local === true ? "local" : "session";
  const value = constants(node.args);
  if (name === "role") return { does: "set role", scope, ...optional("role", value) };
  if (name === "session_authorization") return { does: "set session authorization", scope, ...optional("role", value) };
  if (kind === "VAR_SET_MULTI")
    return { does: "set", ...optional("name", name), scope: name?.startsWith("transaction") ? "transaction" : scope };
  const toDefault = kind === "VAR_SET_DEFAULT" ? ({ toDefault: true } as const) : {};
  return { does: "set", ...optional("name", name), scope, ...optional("value", value), ...toDefault };
};

const into = (clause: Node | undefined): SqlDeed | undefined =>
  clause ? temporary("table", clause.rel, clause.onCommit) : undefined;

const temporary = (what: "table" | "view" | "sequence", relation: unknown, onCommit: unknown): SqlDeed | undefined => {
  const range = record(relation);
  const inTempSchema = string(range?.schemaname)?.toLowerCase() === "pg_temp";
  if (!range || (range.relpersistence !== "t" && !inTempSchema)) return undefined;
  return {
    does: "create temp",
    what,
    ...constant("name", range.relname),
    onCommit: onCommit === "ONCOMMIT_DROP" ? "drop" : onCommit === "ONCOMMIT_DELETE_ROWS" ? "delete" : "preserve",
  };
};

const verbs: Readonly<Record<string, SqlVerb>> = {
  SelectStmt: "select",
  InsertStmt: "insert",
  UpdateStmt: "update",
  DeleteStmt: "delete",
  MergeStmt: "merge",
  ExplainStmt: "explain",
  VariableShowStmt: "show",
  FetchStmt: "fetch",
  ClosePortalStmt: "close",
  LockStmt: "lock",
  CallStmt: "call",
  DoStmt: "do",
  RefreshMatViewStmt: "refresh",
  CheckPointStmt: "checkpoint",
};

/** Every other statement of PostgreSQL defines something. */
const verbOf = (kind: string, node: Node): SqlVerb => {
  if (kind === "VacuumStmt") return node.is_vacuumcmd === true ? "vacuum" : "analyze";
  if (kind === "SelectStmt" && Array.isArray(node.valuesLists)) return "values";
  return (Object.hasOwn(verbs, kind) ? verbs[kind] : undefined) ?? "ddl";
};

function* calls(node: unknown): Generator<TreeDeed> {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    const call = key === "FuncCall" ? record(value) : undefined;
    const deed = call && callDeed(functionName(call), argumentsOf(call));
    if (call && deed) yield { deed, at: Number(call.location ?? 0) };
    yield* calls(value);
  }
}

/** The last part of the name: `pg_catalog.set_config` is `set_config`. PostgreSQL has folded its case. */
const functionName = (call: Node): string => {
  const parts = Array.isArray(call.funcname) ? call.funcname : [];
  return string(record(only(parts.at(-1))[1])?.sval) ?? "";
};

const argumentsOf = (call: Node) => {
  const list: readonly unknown[] = Array.isArray(call.args) ? call.args : [];
  return (index: number, name: string): Argument => {
    const named = list.find((argument) => {
      const [kind, node] = only(argument);
      return kind === "NamedArgExpr" && node.name === name;
    });
    if (named) return value(only(named)[1].arg);
    const [kind] = only(list[index]);
    return kind === "NamedArgExpr" ? undefined : value(list[index]);
  };
};

/** A constant, through casts. */
const value = (expression: unknown): Argument => {
  const [kind, node] = only(expression);
  if (kind === "TypeCast") return value(node.arg);
  if (kind !== "A_Const") return undefined;
  const boolean = record(node.boolval);
  if (boolean) return boolean.boolval === true;
  const integer = record(node.ival);
  if (integer) return String(integer.ival ?? 0);
  const float = record(node.fval);
  return known(float ? float.fval : (record(node.sval)?.sval ?? (node.sval ? "" : undefined)));
};

/** `SET search_path TO a, b` has several values; known only where each is. */
const constants = (list: unknown): string | undefined => {
  if (!Array.isArray(list)) return undefined;
  const values = list.map((item) => value(item));
  return values.every((item) => item !== undefined) ? values.map(String).join(", ") : undefined;
};

const constant = <K extends string>(name: K, text: unknown): { readonly [P in K]?: string } =>
  optional(name, known(text));

/** A text without a hole in it. */
const known = (text: unknown): string | undefined => {
  const found = string(text);
  return found === undefined || found.includes(mark) ? undefined : found;
};

const string = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const record = (value: unknown): Node | undefined =>
  typeof value === "object" && value !== null ? (value as Node) : undefined;

/** A node is an object with its kind as the only key. */
const only = (node: unknown): readonly [string | undefined, Node] => {
  const entry = Object.entries(record(node) ?? {})[0];
  return entry ? [entry[0], record(entry[1]) ?? {}] : [undefined, {}];
};
