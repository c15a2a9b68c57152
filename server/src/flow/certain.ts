import type { Effect } from "../core/driver.ts";
import type { CallInstruction, Instruction } from "../core/facts.ts";
import { locate } from "./begin-sites.ts";
import { argumentIndex, type DriverCall, returnedType } from "./calls.ts";
import { conditionOf, truthsAt } from "./conditions.ts";
import { type FunctionNode, nodeOf } from "./program.ts";
import { roleOf } from "./roles.ts";
import { definition } from "./text.ts";
import type { HandleValue, Value } from "./values.ts";

/**
 * Whether the pool that a handle may be is another one's business: a type says `Pool | PoolClient` and nobody hands a pool over, or the code runs
 * where `instanceof Pool` has failed.
 */
export function isNoPoolHere(each: FunctionNode, call: CallInstruction, handle: HandleValue): boolean {
  const register = call.receiver ?? call.callee;
  const handles = (each.registers[register] ?? []).filter((value) => value.kind === "handle");
  const pools = handles.filter((one) => roleOf(one) === "pool");
  if (!pools.includes(handle)) return false;
  if (pools.length < handles.length && pools.every(({ site }) => site.kind === "declared")) return true;
  const condition = conditionOf(each, register);
  const at = condition === undefined ? undefined : locate(each, call);
  if (condition === undefined || at === undefined) return false;
  const failed = [...truthsAt(each, at.block)].flatMap(([key, truth]) => (truth ? [] : [key]));
  return each.facts.blocks.some(({ instructions }) =>
    instructions.some(
      (one) =>
        one.op === "load" &&
        failed.includes(`${condition.key} instanceof v${one.variable}`) &&
        (each.registers[one.dst] ?? []).some(
          (type) =>
            type.kind === "driver class" &&
            pools.some((pool) => pool.type === type.type && pool.driver === type.driver),
        ),
    ),
  );
}

type Runs = Effect & { readonly does: "runs" };

/**
 * Whether a statement surely goes through the pool that its handle is: no option or argument names another handle, the handle is nothing
 * else on another path, and the statement is not kept for a batch.
 */
export function surelyOnPool(each: FunctionNode, call: CallInstruction, one: DriverCall, effect: Runs): boolean {
  if (effect.on !== undefined && mayBeGiven(each, call, effect.on)) return false;
  if (isKept(one, call)) return false;
  const register =
    effect.on === undefined || typeof effect.on === "string" ? (call.receiver ?? call.callee) : undefined;
  return register === undefined || isPoolAlone(each, call.receiver ?? call.callee, 0);
}

/** A slot that holds, or may hold, another handle than the receiver. */
function mayBeGiven(each: FunctionNode, call: CallInstruction, slot: NonNullable<Runs["on"]>): boolean {
  if (typeof slot === "string") return false;
  if (!("property" in slot)) {
    const index = argumentIndex(slot, call);
    return index !== undefined && call.arguments[index] !== undefined;
  }
  const { property } = slot;
  return call.arguments.some((argument) => {
    const made = definition(each, argument.value);
    if (made?.op === "object") return made.entries.some(({ key }) => key === undefined || key === property);
    // A variable may hold options with the handle in them; a text, a list or a fragment of SQL does not.
    const values = each.registers[argument.value] ?? [];
    const isPlain = (value: Value): boolean =>
      value.kind === "constant" ||
      value.kind === "text" ||
      (value.kind === "handle" && value.descriptor.role === "sql");
    if (made?.op === "literal" || made?.op === "template" || made?.op === "array") return false;
    return argument.spread || values.length === 0 || !values.every(isPlain);
  });
}

/** A query object that is sent later: as one of a batch, or moved to a transaction. */
function isKept({ driver, signature }: DriverCall, call: CallInstruction): boolean {
  if (signature.returns === undefined) return false;
  const role = driver.types[returnedType(signature.returns)]?.role;
  return role === "query" && call.use !== "awaited" && call.use !== "returned";
}

const maximumDepth = 6;

/** Every value that a register may hold is a pool. */
function isPoolAlone(each: FunctionNode, register: number, depth: number): boolean {
  if (depth > maximumDepth) return false;
  const values = each.registers[register] ?? [];
  const roles = values.flatMap((value) =>
    value.kind === "handle" ? [roleOf(value)] : value.kind === "instance" && value.class.base ? ["pool"] : [],
  );
  if (roles.some((role) => role !== "pool" && role !== "sql" && role !== "value")) return false;
  const made = definition(each, register);
  return made === undefined || comesFromPools(each, made, depth);
}

function comesFromPools(each: FunctionNode, made: Instruction, depth: number): boolean {
  switch (made.op) {
    case "either":
      return made.values.every(
        (value) => (each.registers[value] ?? []).length > 0 && isPoolAlone(each, value, depth + 1),
      );
    case "get":
      return isPoolAlone(each, made.object, depth + 1);
    case "await":
      return isPoolAlone(each, made.value, depth + 1);
    case "load": {
      const variable = each.file.facts.variables[made.variable];
      // Whoever calls it may hand over a transaction.
      const owner = variable === undefined ? undefined : nodeOf(each.file, variable.function);
      return variable?.kind !== "parameter" || (owner?.callers.size ?? 0) > 0;
    }
    default:
      return true;
  }
}
