import type { CallInstruction } from "../core/facts.ts";
import type { OuterUse } from "../core/model.ts";
import type { Frame } from "./inside-origins.ts";
import type { FunctionNode } from "./program.ts";
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
    owner = owner.file.functions[owner.facts.parent];
  const node = owner?.facts.class === undefined ? undefined : owner.file.classes[owner.facts.class];
  if (owner === undefined || node === undefined) return false;
  const { facts, functions } = owner.file;
  const construct =
    node.facts.constructorFunction === undefined ? undefined : functions[node.facts.constructorFunction];
  const given = construct?.facts.parameters.find(({ variable }) => facts.variables[variable]?.name === field);
  const member = node.facts.members.find(({ name }) => name === field);
  const decorators = [...(given?.decorators ?? []), ...(member?.decorators ?? [])];
  if (decorators.some(({ name }) => name.at(-1)?.startsWith("Inject") === true)) return true;
  return given?.property === true && node.constructions.size === 0;
}

/** Names under which people keep the transaction that they are perhaps in. */
const kept =
  /^(?:is|in|has|current|active|existing|parent|outer|given)?_?(?:tx|txn|trx|transaction|transactions|manager|queryrunner)(?:client|manager|id|context|active|handle)?$/i;

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
