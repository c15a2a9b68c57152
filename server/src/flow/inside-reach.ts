import { isAbsent, type Origins, sameConstant, truthOf } from "./inside-origins.ts";
import { hasKey } from "./inside-stores.ts";
import { type FunctionNode, isPython } from "./program.ts";
import { definition } from "./text.ts";

/** The blocks that can be reached where some tests are decided. */
export function blocksReached(
  { facts: { blocks } }: FunctionNode,
  over: "paths" | "no exceptions",
  decides: (test: number) => boolean | undefined,
): ReadonlySet<number> {
  const found = new Set<number>([0]);
  for (const id of found) {
    const block = blocks[id];
    if (block === undefined) continue;
    if (over === "paths" && block.handler !== undefined) found.add(block.handler);
    const { end } = block;
    if (end.kind === "goto") found.add(end.to);
    else if (end.kind === "choice") for (const to of end.to) found.add(to);
    else if (end.kind === "branch") {
      const truth = decides(end.test);
      if (truth !== false) found.add(end.then);
      if (truth !== true) found.add(end.else);
    }
  }
  return found;
}

/** Whether a register is certainly truthy or falsy, by what registers hold on one way. */
export function truthAt(each: FunctionNode, register: number, of: (register: number) => Origins): boolean | undefined {
  const one = definition(each, register);
  if (one?.op !== "operation") {
    const truth = truthOf(of(register));
    return truth === true && isField(each, register) ? undefined : truth;
  }
  const [left, right] = one.operands;
  if (left === undefined) return undefined;
  if (one.operator === "!") {
    const inner = truthAt(each, left, of);
    return inner === undefined ? undefined : !inner;
  }
  if (right === undefined) return undefined;
  if (one.operator === "in") return hasKey(of(left), of(right));
  if (!/^[!=]==?$/.test(one.operator)) return undefined;
  const sides = [of(left), of(right)] as const;
  const same = sameConstant(sides);
  if (same !== undefined) return one.operator.startsWith("=") === same;
  const tested = sides.find((side) => !(side.length === 1 && side[0]?.kind === "none"));
  if (!sides.some((side) => side.length === 1 && side[0]?.kind === "none")) return undefined;
  const absent = tested === undefined ? true : isAbsent(tested);
  if (absent === false && one.operands.some((operand) => isField(each, operand))) return undefined;
  return absent === undefined ? undefined : one.operator.startsWith("=") === absent;
}

/** A field of Python's, which may be `None`: the default of a parameter is not among its values. */
export const isField = (each: FunctionNode, register: number): boolean =>
  isPython(each) && definition(each, register)?.op === "get";
