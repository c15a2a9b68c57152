import type { CallInstruction } from "../core/facts.ts";
import type { Transaction } from "../core/model.ts";
import type { Callback } from "./external.ts";
import type { Writable } from "./merge-transactions.ts";
import type { FunctionNode } from "./program.ts";
import type { Link, Part, Region } from "./regions.ts";
import type { HandleValue, Site } from "./values.ts";

/** A region while it is found. */
export class OpenRegion implements Region {
  readonly sites = new Set<Site>();
  root?: HandleValue;
  ambient?: "same handle" | "async local storage";
  /** The callback of a library's transaction form that is a parameter itself. */
  passes?: Callback;
  readonly entries: Part[] = [];
  readonly walked = new Set<FunctionNode>();
  readonly lenders = new Set<FunctionNode>();
  /** Calls after a statement that may have ended the transaction. */
  private later: { readonly each: FunctionNode; readonly call: CallInstruction; readonly via: readonly Link[] }[] = [];
  private readonly calls = new Map<FunctionNode, Set<CallInstruction>>();

  constructor(
    readonly transaction: Writable<Transaction>,
    handle: HandleValue | undefined,
  ) {
    if (handle === undefined) return;
    if (transaction.form === "callback" || transaction.on === "pool") this.root = handle;
    else {
      this.sites.add(handle.site);
      if (handle.site.parent !== undefined) this.root = handle.site.parent;
    }
  }

  /** The same session by other names. */
  alsoOn(sessions: readonly HandleValue[]): void {
    for (const { site } of sessions) {
      this.sites.add(site);
      if (site.parent !== undefined) this.root ??= site.parent;
    }
  }

  /** A call that was met while the transaction was open. */
  add(each: FunctionNode, call: CallInstruction, via: readonly Link[], how: "surely" | "perhaps"): void {
    if (how === "perhaps") {
      this.later.push({ each, call, via });
      return;
    }
    let calls = this.calls.get(each);
    if (calls === undefined) {
      calls = new Set();
      this.calls.set(each, calls);
      this.entries.push({ each, calls, via });
    }
    calls.add(call);
  }

  /** The transaction is ended by what says so: till then it was open. */
  settle(): void {
    for (const { each, call, via } of this.later) this.add(each, call, via, "surely");
    this.later = [];
  }
}

/** A region with what its code turned out to wait for and to call back. */
export interface Explored extends Region {
  readonly callbacks: readonly Callback[];
  /** Context managers that lend what they hold while the transaction is open: the `with` blocks of their callers run in it. */
  readonly lenders: ReadonlySet<FunctionNode>;
}
