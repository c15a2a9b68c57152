import { span } from "../../core/text.ts";
import { withCleanup } from "../control-flow/cleanup.ts";
import { condition, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { parts, unwrap } from "./nodes.ts";
import { body } from "./statements.ts";
import { store } from "./targets.ts";
import type { Node } from "./tree.ts";

interface Handler {
  /** What it catches; undefined for everything. */
  readonly type: Node | undefined;
  readonly name: Node | undefined;
  readonly body: Node | undefined;
}

interface Clauses {
  readonly tried: Node | undefined;
  readonly handlers: readonly Handler[];
  readonly otherwise: Node | undefined;
  readonly last: Node | undefined;
}

function clausesOf(node: Node): Clauses {
  let tried: Node | undefined;
  let otherwise: Node | undefined;
  let last: Node | undefined;
  const handlers: Handler[] = [];
  let words: Node[] = [];
  for (const child of node.children) {
    if (child.type !== "Body") {
      words.push(child);
      continue;
    }
    const [word] = words;
    if (word?.type === "try") tried = child;
    else if (word?.type === "else") otherwise = child;
    else if (word?.type === "finally") last = child;
    else if (word?.type === "except") {
      const as = words.findIndex(({ type }) => type === "as");
      const type = words.slice(1, as < 0 ? undefined : as).find((one) => one.type !== "*");
      handlers.push({ type, name: as < 0 ? undefined : words[as + 1], body: child });
    }
    words = [];
  }
  return { tried, handlers, otherwise, last };
}

export function tryStatement(f: FunctionLowering, node: Node): void {
  const clauses = clausesOf(node);
  const { last } = clauses;
  if (!last) {
    guarded(f, node, clauses);
    return;
  }
  withCleanup(
    f,
    span(Math.max(node.start, node.end - 1), node.end),
    () => guarded(f, node, clauses),
    () => body(f, last),
  );
}

function guarded(f: FunctionLowering, node: Node, { tried, handlers, otherwise }: Clauses): void {
  if (handlers.length === 0) {
    body(f, tried);
    body(f, otherwise);
    return;
  }
  const { handler } = f;
  const caught = f.open();
  const after = f.open();
  f.handler = caught;
  f.split();
  body(f, tried);
  f.handler = handler;
  if (f.current && otherwise) {
    f.split();
    body(f, otherwise);
  }
  f.goto(after);
  f.start(caught);
  const blocks = handlers.map(() => f.open());
  const at = f.file.span(handlers[0]?.type ?? node);
  // What none of them catches goes on; one that catches what libraries throw is taken to catch it all.
  const rest = handlers.some(({ type }) => type === undefined || catchesMost(f, type)) ? undefined : f.open();
  f.end({ kind: "choice", to: rest ? [...blocks, rest] : blocks, span: at });
  if (rest) {
    f.start(rest);
    f.end({ kind: "throw", span: at });
  }
  handlers.forEach(({ type, name, body: inside }, index) => {
    f.start(blocks[index]!);
    if (type) value(f, type);
    if (type && saysGone(f, type)) f.emit({ op: "disconnected", span: f.file.span(type) });
    if (name?.type === "VariableName") store(f, f.file.textOf(name), f.unknown([], name), f.file.span(name));
    body(f, inside);
    f.goto(after);
  });
  f.meet(after);
}

const wide: ReadonlySet<string> = new Set([
  "Exception",
  "BaseException",
  "StandardError",
  "Error",
  "DatabaseError",
  "SQLAlchemyError",
  "DBAPIError",
  "PostgresError",
  "PsycopgError",
  "PeeweeException",
]);

function catchesMost(f: FunctionLowering, type: Node): boolean {
  const node = unwrap(type);
  if (node.type === "TupleExpression") return parts(node.children).some(([one]) => one && catchesMost(f, one));
  const text = f.file.textOf(node);
  return wide.has(text.slice(text.lastIndexOf(".") + 1));
}

/**
 * Errors that a server sends as its last words (SQLSTATE 57P01, 57P02, 57P04, 57P05, 25P03, 08003, 08006), by the names of psycopg and asyncpg.
 * `OperationalError` and `InterfaceError` are not among them: they may as well mean a lock that was not to be had, or a closed cursor.
 */
const lastWords: ReadonlySet<string> = new Set(
  [
    "AdminShutdown",
    "CrashShutdown",
    "DatabaseDropped",
    "IdleSessionTimeout",
    "IdleInTransactionSessionTimeout",
    "ConnectionDoesNotExist",
    "ConnectionFailure",
  ].flatMap((name) => [name, `${name}Error`]),
);

/** Whether everything that a handler catches says that the connection is gone. */
function saysGone(f: FunctionLowering, type: Node): boolean {
  const node = unwrap(type);
  if (node.type === "TupleExpression") {
    const all = parts(node.children).flatMap(([one]) => one ?? []);
    return all.length > 0 && all.every((one) => saysGone(f, one));
  }
  const text = f.file.textOf(node);
  return lastWords.has(text.slice(text.lastIndexOf(".") + 1));
}

export function raise(f: FunctionLowering, node: Node): void {
  const given = node.children.filter(({ type }) => type !== "raise" && type !== "from" && type !== ",");
  const [first, ...causes] = given;
  const thrown = first && value(f, first);
  for (const cause of causes) value(f, cause);
  f.end({ kind: "throw", ...(thrown !== undefined && { value: thrown }), span: f.file.span(node) });
}

export function assertStatement(f: FunctionLowering, node: Node): void {
  const [test, message] = parts(node.children.slice(1)).map(([one]) => one);
  if (!test) return;
  const [fails, holds] = [f.open(), f.open()];
  condition(f, test, holds, fails);
  f.start(fails);
  if (message) value(f, message);
  f.end({ kind: "throw", span: f.file.span(node) });
  f.start(holds);
}
