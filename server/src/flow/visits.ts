import type { CallInstruction } from "../core/facts.ts";
import type { Observer } from "./observer.ts";
import type { State } from "./path-state.ts";

/** How the tracked handle was found at a call, over all paths that reach it. */
export interface Visit {
  /** On some path a transaction is open. */
  open: boolean;
  /** On some path none is, and the handle's whole life up to here is in sight. */
  closed: boolean;
  /** A path that cannot be told: the claim ends. */
  unsure: boolean;
  /** Reached through a call of the function that it stands in. */
  entered: boolean;
  /** The calls that began the open transaction. */
  readonly begins: Set<CallInstruction>;
}

export type Visits = ReadonlyMap<CallInstruction, Visit>;

/** Remembers what the walks of one file say of each call on a session. */
export class VisitLog {
  readonly visits = new Map<CallInstruction, Visit>();
  /** Calls of the walk that goes on, whose closed states are believed once it ends with every path followed. */
  private closed = new Set<CallInstruction>();
  private lost = false;

  visited(state: State, call: CallInstruction, where: "own" | "entered"): void {
    const visit = this.at(call);
    if (where === "entered") visit.entered = true;
    if (state.doubt === true) visit.unsure = true;
    else if (!state.open) this.closed.add(call);
    else {
      visit.open = true;
      if (state.begin !== undefined) visit.begins.add(state.begin);
    }
  }

  /** A path leads to code that is not in sight: who knows what it does to the handle. */
  lose(): void {
    this.lost = true;
  }

  /** The walk is over. `life`: from where it began, nothing can have been begun before. */
  settle(life: "whole" | "part"): void {
    for (const call of this.closed) {
      const visit = this.at(call);
      if (this.lost || life === "part") visit.unsure = true;
      else visit.closed = true;
    }
    this.closed = new Set();
    this.lost = false;
  }

  private at(call: CallInstruction): Visit {
    let visit = this.visits.get(call);
    if (visit === undefined) {
      visit = { open: false, closed: false, unsure: false, entered: false, begins: new Set() };
      this.visits.set(call, visit);
    }
    return visit;
  }
}

/** An observer that only remembers visits. */
export function observing(log: VisitLog): Observer {
  const nothing = (): void => {};
  return {
    began: nothing,
    ended: nothing,
    released: nothing,
    misused: nothing,
    called: nothing,
    entered: nothing,
    returned: nothing,
    lent: nothing,
    visited: (state, _each, call, where) => log.visited(state, call, where),
    lost: () => log.lose(),
  };
}

/** What several files say of the same calls. */
export function mergeVisits(logs: Iterable<Visits>): Visits {
  const merged = new Map<CallInstruction, Visit>();
  const joined = new Set<Visit>();
  for (const visits of logs) {
    for (const [call, visit] of visits) {
      let known = merged.get(call);
      if (known === undefined) {
        merged.set(call, visit);
        continue;
      }
      if (!joined.has(known)) {
        known = { ...known, begins: new Set(known.begins) };
        joined.add(known);
        merged.set(call, known);
      }
      known.open ||= visit.open;
      known.closed ||= visit.closed;
      known.unsure ||= visit.unsure;
      known.entered ||= visit.entered;
      for (const begin of visit.begins) known.begins.add(begin);
    }
  }
  return merged;
}
