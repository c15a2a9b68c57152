import type { CallInstruction } from "../core/facts.ts";
import type { OuterUse } from "../core/model.ts";
import type { Frame } from "./inside-origins.ts";
import { storesIn } from "./inside-stores.ts";
import { isContextManager } from "./managers.ts";
import { type FunctionNode, nodeOf } from "./program.ts";
import { definition } from "./text.ts";
import type { HandleValue } from "./values.ts";

/** The expression that the outer handle is written as: `db` of `db.insert(…).values(…)`, `this.prisma` of `this.prisma.user.create()`. */
export function anchorOf(frame: Frame, call: CallInstruction, handle: HandleValue): OuterUse["handle"] {
  const { each } = frame;
  const path = each.file.path;
  const isIt = (register: number): boolean =>
    (each.registers[register] ?? []).some(
      (value) =>
        (value.kind === "handle" && value.site === handle.site) ||
        (value.kind === "instance" && value.class.base?.site === handle.site),
    );
  // `sql`…`.execute(db)`.
  for (const argument of call.arguments) {
    const source = definition(each, argument.value);
    if ((source?.op === "load" || source?.op === "get") && isIt(argument.value))
      return { path, span: source.span, member: undefined };
  }
  let member: string | undefined;
  let register: number | undefined = call.receiver ?? call.callee;
  member = call.receiver === undefined ? undefined : call.property;
  let found: OuterUse["handle"];
  for (let depth = 0; register !== undefined && depth < 24; depth++) {
    const source = definition(each, register);
    if (source === undefined) break;
    if ((source.op === "load" || source.op === "get" || source.op === "this") && isIt(register)) {
      const type = typeAt(each, register, handle);
      if (type?.descriptor.role === "pool" || type?.descriptor.role === "query")
        found = { path, span: source.span, type: type.type, member };
    }
    if (source.op === "get") {
      member = source.property;
      register = source.object;
    } else if (source.op === "call") {
      member = source.receiver === undefined ? undefined : source.property;
      register = source.receiver ?? source.callee;
    } else if (source.op === "await") register = source.value;
    else break;
    // `dataSource.manager` of `dataSource.manager.save()`: a manager can take its place.
    if (found?.type !== undefined && handle.driver.types[found.type]?.role === "pool") break;
  }
  return found;
}

function typeAt(each: FunctionNode, register: number, handle: HandleValue): HandleValue | undefined {
  for (const value of each.registers[register] ?? []) {
    if (value.kind === "handle" && value.site === handle.site) return value;
    if (value.kind === "instance" && value.class.base?.site === handle.site) return value.class.base;
  }
  return undefined;
}

/** Whether a call runs on a field of its class that a container fills (`@InjectRepository`), or that no code in sight does. */
export function isInjected(each: FunctionNode, call: CallInstruction, handle: HandleValue): boolean {
  if (handle.site.kind !== "declared") return false;
  let register: number | undefined = call.receiver;
  for (let depth = 0; register !== undefined && depth < 12; depth++) {
    const source = definition(each, register);
    if (source?.op === "call") register = source.receiver;
    else if (source?.op === "get") {
      if (definition(each, source.object)?.op === "this") return isFilledOutside(each, source.property);
      register = source.object;
    } else return false;
  }
  return false;
}

function isFilledOutside(each: FunctionNode, field: string): boolean {
  let owner: FunctionNode | undefined = each;
  while (owner !== undefined && owner.facts.class === undefined && owner.facts.parent !== undefined)
    owner = nodeOf(owner.file, owner.facts.parent);
  const node = owner?.facts.class === undefined ? undefined : owner.file.classes[owner.facts.class];
  if (owner === undefined || node === undefined) return false;
  const { facts } = owner.file;
  const construct =
    node.facts.constructorFunction === undefined ? undefined : nodeOf(node.file, node.facts.constructorFunction);
  const given = construct?.facts.parameters.find(({ variable }) => facts.variables[variable]?.name === field);
  const member = node.facts.members.find(({ name }) => name === field);
  const decorators = [...(given?.decorators ?? []), ...(member?.decorators ?? [])];
  if (decorators.some(({ name }) => name.at(-1)?.startsWith("Inject") === true)) return true;
  return given?.property === true && node.constructions.size === 0;
}

/** Names under which people keep the transaction that they are perhaps in, and whether they are. */
const kept =
  /^(?:(?:is|in|inside|within|has|already|current|active|existing|parent|outer|given)_?)*(?:tx|txn|trx|transaction|transactions|manager|queryrunner)(?:client|manager|id|context|active|handle)?$/i;

export function namesTransaction(each: FunctionNode, register: number, depth: number): boolean {
  const source = depth > 4 ? undefined : definition(each, register);
  switch (source?.op) {
    case "load":
      return kept.test(each.file.facts.variables[source.variable]?.name ?? "");
    case "get":
      return kept.test(source.property) || namesTransaction(each, source.object, depth + 1);
    case "call":
      return (
        kept.test(source.property ?? "") ||
        (source.receiver !== undefined && namesTransaction(each, source.receiver, depth + 1))
      );
    case "operation":
      return source.operands.some((operand) => namesTransaction(each, operand, depth + 1));
    default:
      return false;
  }
}

const remembering = new WeakMap<object, boolean>();

/**
 * Whether a function keeps what it has read for the next time: it tests a variable of the module or a field that it fills itself, or asks a
 * collection that it puts something in. It goes to the database now and then, not in every transaction.
 */
export function remembers(each: FunctionNode): boolean {
  // A context manager hands out what it promises, whatever it counts.
  if (isContextManager(each.facts)) return false;
  const known = remembering.get(each.facts);
  if (known !== undefined) return known;
  const filled = new Set<string>();
  for (const { instructions } of each.facts.blocks) {
    for (const one of instructions) {
      if (one.op === "store" && each.file.facts.variables[one.variable]?.function === 0) filled.add(`v${one.variable}`);
      if (one.op === "set") filled.add(`${keptIn(each, one.object) ?? "?"}.${one.property}`);
      if (one.op === "setIndex" || (one.op === "call" && one.property === "set"))
        filled.add(keptIn(each, one.op === "call" ? (one.receiver ?? -1) : one.object) ?? "?");
    }
  }
  const found = each.facts.blocks.some(({ instructions, end }) => {
    const tests = end.kind === "branch" ? [end.test] : [];
    // `cache ??= await read()`.
    const chosen = instructions.flatMap((one) => (one.op === "either" ? one.values.slice(0, 1) : []));
    return [...tests, ...chosen].some((test) => asksFor(each, test, filled, 0));
  });
  remembering.set(each.facts, found);
  return found;
}

/** Whether a test reads what the function fills, directly or through `get` and `has`, compared or not. */
function asksFor(each: FunctionNode, register: number, filled: ReadonlySet<string>, depth: number): boolean {
  if (depth > 5) return false;
  const kept = keptIn(each, register);
  if (kept !== undefined && filled.has(kept)) return true;
  const source = definition(each, register);
  switch (source?.op) {
    case "load": {
      const stores = storesIn(each, source.variable);
      return stores.length === 1 && asksFor(each, stores[0]?.value ?? -1, filled, depth + 1);
    }
    case "get":
      return asksFor(each, source.object, filled, depth + 1);
    case "await":
      return asksFor(each, source.value, filled, depth + 1);
    case "index":
      return asksFor(each, source.object, filled, depth + 1);
    case "call":
      return source.receiver !== undefined && asksFor(each, source.receiver, filled, depth + 1);
    case "operation":
      return source.operands.some((operand) => asksFor(each, operand, filled, depth + 1));
    default:
      return false;
  }
}

/** A place that outlives the call: a variable of the module, or a field of `this`. */
function keptIn(each: FunctionNode, register: number): string | undefined {
  const source = definition(each, register);
  if (source?.op === "load")
    return each.file.facts.variables[source.variable]?.function === 0 ? `v${source.variable}` : undefined;
  if (source?.op === "this") return "this";
  if (source?.op !== "get") return undefined;
  const object = keptIn(each, source.object);
  return object === undefined ? undefined : `${object}.${source.property}`;
}
