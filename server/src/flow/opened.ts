import type { Checkout, Transaction } from "../core/model.ts";
import type { Aliases } from "./aliases.ts";
import type { FunctionNode } from "./program.ts";
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
}
