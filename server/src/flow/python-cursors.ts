import type { CallInstruction, Instruction } from "../core/facts.ts";
import type { Pool, ServerCursor } from "../core/model.ts";
import { type FileNode, type FunctionNode, isPython } from "./program.ts";
import { definition } from "./text.ts";

/** What Django's query sets are made and narrowed with. */
const narrowing: ReadonlySet<string> = new Set([
  "all",
  "filter",
  "exclude",
  "values",
  "values_list",
  "order_by",
  "select_related",
  "prefetch_related",
  "only",
  "defer",
  "annotate",
  "using",
  "distinct",
]);

const drivers = /^(?:psycopg2?|django)(?:\.|$)/;

/** Cursors that PostgreSQL keeps for several transactions, or may: in files of Python, in source order. */
export function serverCursors(
  files: readonly FileNode[],
  text: (path: string) => string,
  context: (file: FileNode) => Pool["context"],
): readonly ServerCursor[] {
  const python = files.filter((file) => file.facts.language === "python" && context(file) !== "test");
  return python.flatMap((file) => {
    const importsDriver = file.facts.imports.some(({ specifier }) => drivers.test(specifier));
    const importsModels = file.facts.imports.some(({ specifier }) => /(^|\.)models(\.|$)/.test(specifier));
    if (!importsDriver && !importsModels) return [];
    return file.functions.flatMap((each) =>
      [...each.calls.keys()].flatMap((call): ServerCursor[] => {
        const place = { path: file.path, span: call.span };
        if (call.property === "cursor" && importsDriver && holds(each, call))
          return [{ place, call, how: "held", context: context(file) }];
        if (call.property !== "iterator" || !isQuerySet(each, call.receiver, 0)) return [];
        return isMigration(file, text(file.path)) || isAtomic(each, call, text(file.path))
          ? []
          : [{ place, call, how: "query set", context: context(file) }];
      }),
    );
  });
}

const holds = (each: FunctionNode, call: CallInstruction): boolean =>
  isPython(each) &&
  call.arguments.some(({ keyword, value }) => {
    const made = keyword === "withhold" ? definition(each, value) : undefined;
    return made?.op === "literal" && made.value === true;
  });

/** A model's managers, by their usual names. */
const managers = /^(?:\w+_)?objects$|^_(?:default|base)_manager$/;

/** Django runs each migration in a transaction, unless that says otherwise. */
const isMigration = ({ facts }: FileNode, text: string): boolean =>
  facts.imports.some(({ specifier, imported }) => /^django\.db/.test(specifier) && imported === "migrations") &&
  !/\batomic\s*=\s*False\b/.test(text);

/** `Order.objects.filter(…)`, or a variable that was given one. */
function isQuerySet(each: FunctionNode, register: number | undefined, depth: number): boolean {
  const made: Instruction | undefined = register === undefined ? undefined : definition(each, register);
  if (made === undefined || depth > 6) return false;
  if (made.op === "get") return managers.test(made.property);
  if (made.op === "call")
    return made.property !== undefined && narrowing.has(made.property) && isQuerySet(each, made.receiver, depth + 1);
  if (made.op !== "load") return false;
  const stores = each.facts.blocks.flatMap(({ instructions }) =>
    instructions.flatMap((one) => (one.op === "store" && one.variable === made.variable ? [one.value] : [])),
  );
  return stores.length > 0 && stores.every((value) => isQuerySet(each, value, depth + 1));
}

/** In a block of `transaction.atomic()`, or in a function that it decorates. */
function isAtomic(each: FunctionNode, { span }: CallInstruction, text: string): boolean {
  if (each.facts.decorators?.some(({ name }) => name[name.length - 1] === "atomic")) return true;
  return each.file.facts.statements.some(
    (statement) =>
      statement.span.start <= span.start &&
      span.end <= statement.span.end &&
      /^(?:async\s+)?with\s[^:]*\batomic\b/.test(text.slice(statement.span.start, statement.span.end)),
  );
}
