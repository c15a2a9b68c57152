import type { CallInstruction } from "../core/facts.ts";
import type { FileTransactions } from "./merge-transactions.ts";
import type { FunctionNode } from "./program.ts";

/** By what a call is told of: a helper's parameter, a context manager, what was made of one as a decorator, what a function hands out. */
type Kind = "callback" | "block" | "decorator" | "opened";

/** What a call was found to be. */
interface Known {
  readonly made: FileTransactions | undefined;
  /** The functions that it was read from: what they call is looked at again with them. */
  readonly functions: readonly FunctionNode[];
  readonly round: number;
}

/** What the calls of helpers turned out to be, from one snapshot to the next: by what the helper tells, and by the call. */
export class KeptCalls {
  private readonly known: Readonly<Record<Kind, WeakMap<object, WeakMap<CallInstruction, Known>>>> = {
    callback: new WeakMap(),
    block: new WeakMap(),
    decorator: new WeakMap(),
    opened: new WeakMap(),
  };
  /** When a function was last looked at again. */
  private readonly renewed = new WeakMap<FunctionNode, number>();
  private round = 0;

  /** @param fresh the functions whose paths, or those of the functions that they call, were looked at again */
  renew(fresh: Iterable<FunctionNode>): void {
    this.round++;
    for (const each of fresh) this.renewed.set(each, this.round);
  }

  /** @param told what the helper tells of itself: another object where that changed */
  of(
    kind: Kind,
    told: object,
    call: CallInstruction,
    caller: FunctionNode,
    find: () => FileTransactions | undefined,
  ): FileTransactions | undefined {
    let calls = this.known[kind].get(told);
    if (calls === undefined) {
      calls = new WeakMap();
      this.known[kind].set(told, calls);
    }
    const known = calls.get(call);
    if (known?.functions.every((each) => (this.renewed.get(each) ?? 0) <= known.round)) return known.made;
    const made = find();
    const entered = made?.regions.flatMap(({ entries }) => entries.map(({ each }) => each)) ?? [];
    calls.set(call, { made, functions: [caller, ...entered], round: this.round });
    return made;
  }
}
