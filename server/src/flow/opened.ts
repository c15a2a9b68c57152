import type { ValueId } from "../core/facts.ts";
import type { Checkout, Transaction } from "../core/model.ts";
import type { Aliases } from "./aliases.ts";
import type { FunctionNode } from "./program.ts";
import { definition } from "./text.ts";
import type { HandleValue } from "./values.ts";

/** A function that hands its caller a session that is checked out, or a transaction that is open. */
export interface Opened {
  readonly function: FunctionNode;
  readonly handle: HandleValue;
  /** `container`: a pair, a record, an instance or a closure with the handle in it. `receiver`: the method's object has it afterwards. */
  readonly as: "handle" | "container" | "receiver";
  /** By which names the function knows the handle: closures that it hands out know it by them, too. */
  readonly aliases: Aliases;
  readonly checkout?: Checkout;
  /** The transaction that is open. */
  readonly begun?: Transaction;
  /** The handle is certainly in that state. */
  readonly sure: boolean;
  /** Nothing was sent on it: it takes its connection with the first statement. */
  readonly idle?: true;
}

/**
 * Whether a function may return something else than what it opens: a session that it was given, one that it kept, a pool. Its caller cannot know
 * which, and need not end what it did not get. Nothing at all (`null`) is no other thing.
 */
export function returnsOthers(each: FunctionNode, opened: readonly Opened[]): boolean {
  const own = opened.filter((one) => one.function === each && one.as !== "receiver");
  if (own.length === 0) return false;
  const isOwn = (register: ValueId): boolean =>
    own.some(
      ({ aliases, handle }) =>
        aliases.contains(each, register) ||
        (each.registers[register] ?? []).some((value) => value.kind === "handle" && value.site === handle.site),
    );
  const isOther = (register: ValueId, seen: ReadonlySet<number> = new Set()): boolean => {
    const made = definition(each, register);
    switch (made?.op) {
      case "literal":
        return made.value !== null && made.value !== undefined;
      case "await":
        return isOther(made.value, seen);
      case "either":
        return (made.operator === "&&" ? made.values.slice(-1) : made.values).some((value) => isOther(value, seen));
      case "load": {
        if (seen.has(made.variable)) return false;
        const stored = each.facts.blocks.flatMap(({ instructions }) =>
          instructions.flatMap((one) => (one.op === "store" && one.variable === made.variable ? [one.value] : [])),
        );
        const others = new Set([...seen, made.variable]);
        return stored.length === 0 ? !isOwn(register) : stored.some((value) => isOther(value, others));
      }
      default:
        return !isOwn(register);
    }
  };
  return each.facts.blocks.some(({ end }) => end.kind === "return" && end.value !== undefined && isOther(end.value));
}
