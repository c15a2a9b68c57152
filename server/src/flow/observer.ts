import type { CallInstruction } from "../core/facts.ts";
import type { Aliases } from "./aliases.ts";
import type { State } from "./path-state.ts";
import type { FunctionNode } from "./program.ts";
import type { Link } from "./regions.ts";

/** What the walk tells as it goes. */
export interface Observer {
  /** `implicit`: the driver began, with the first statement. */
  began(each: FunctionNode, call: CallInstruction, how: "told" | "implicit"): void;
  ended(state: State, each: FunctionNode, call: CallInstruction, how: "commit" | "rollback"): void;
  released(state: State, each: FunctionNode, call: CallInstruction): void;
  misused(state: State, each: FunctionNode, call: CallInstruction, kind: "double release" | "use after release"): void;
  /** A call while the transaction is open. `via`: it was reached through these calls. */
  called(state: State, each: FunctionNode, call: CallInstruction, via: readonly Link[]): void;
  /** A call on the handle, or one that it is handed to. `where`: in the function that the walk began in, or in one that it entered. */
  visited(state: State, each: FunctionNode, call: CallInstruction, where: "own" | "entered"): void;
  /** A function of the workspace that the walk follows itself, with the transaction open. */
  entered(state: State, target: FunctionNode): void;
  /** The function that the walk began in hands its caller the handle, or an object with the handle in it. */
  returned(state: State, each: FunctionNode, as: "handle" | "container", aliases: Aliases): void;
  /** The function that the walk began in, a context manager, lends what it holds while the transaction is open. */
  lent(state: State, each: FunctionNode): void;
  /** A path that cannot be followed further. */
  lost(): void;
}
