import type { Driver } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Checkout, Pool, Transaction } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import { Aliases, type Holders } from "./aliases.ts";
import { locate, receiverName } from "./begin-sites.ts";
import { isCallback } from "./callbacks.ts";
import { truthsAt } from "./conditions.ts";
import type { ExternalWaits } from "./external.ts";
import { variableName } from "./held.ts";
import { isContextManager } from "./managers.ts";
import { type FileTransactions, maximumLeaks, type Writable } from "./merge-transactions.ts";
import type { Observer } from "./observer.ts";
import { type Explored, OpenRegion } from "./open-region.ts";
import type { Opened } from "./opened.ts";
import { type State, stepsOf } from "./path-state.ts";
import { type FileNode, type FunctionNode, isPython } from "./program.ts";
import type { Link } from "./regions.ts";
import type { HandleValue } from "./values.ts";
import { VisitLog } from "./visits.ts";
import { type Reach, walkFrom } from "./walk.ts";

/** What is needed of the rest of the model. */
export interface FollowSurroundings {
  readonly waits: ExternalWaits;
  context(file: FileNode): Pool["context"];
  profile(handle: HandleValue | undefined, file: FileNode): Profile;
  pool(handle: HandleValue | undefined): Pool | undefined;
}

/** What was met along the way. */
export type Told = Pick<FileTransactions, "transactions" | "regions" | "opened" | "checkouts" | "visits">;

/** Follows handles along every path and writes down what it meets: transactions, leaks, what is handed to callers. */
export class Follower<Around extends FollowSurroundings> implements Observer {
  protected readonly transactions = new Map<CallInstruction, Writable<Transaction>>();
  protected readonly regions = new Map<CallInstruction, OpenRegion>();
  private readonly opened: Opened[] = [];
  protected readonly checkouts: Writable<Checkout>[] = [];
  protected readonly log = new VisitLog();
  /** The checkout that is being followed. */
  protected checkout: Writable<Checkout> | undefined;
  private handle: HandleValue | undefined;
  /** Whether a way out of the function is a way out of the handle's life. */
  protected claims = true;
  /** On some path somebody else has the handle, or nobody knows who. */
  private strays = false;
  /** The handle that is followed was made, or was had all along: not given by a caller. */
  protected makes = true;
  /** Whether the walk says how the session is found at each call: not where it is had from somebody who may have begun. */
  protected remembers = true;

  constructor(protected readonly around: Around) {}

  protected told(): Told {
    return {
      transactions: this.transactions,
      regions: [...this.regions.values()].map((region) => explored(region, this.around.waits)),
      opened: this.opened,
      checkouts: this.checkouts,
      visits: this.log.visits,
    };
  }

  protected checkedOut(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    profile: Checkout["profile"],
  ): Writable<Checkout> {
    const name = variableName(each, call);
    return {
      place: { path: each.file.path, span: call.span },
      call,
      function: each.facts.id,
      driver,
      ...(name === undefined ? {} : { handle: name }),
      leaks: [],
      misuses: [],
      transactions: [],
      context: this.around.context(each.file),
      profile,
    };
  }

  /** Follows a handle from a call on. `origin`: the call that makes it or hands it over. */
  protected walk(
    each: FunctionNode,
    call: CallInstruction,
    handle: HandleValue,
    holders: Holders,
    initial: State,
    origin?: CallInstruction,
  ): void {
    const start = locate(each, call);
    if (start === undefined) return;
    const truths = new Map([...truthsAt(each, start.block), ...initial.truths]);
    this.walkIn(each, start, handle, new Aliases(handle.site, each, holders), { ...initial, truths }, origin);
  }

  protected walkIn(
    each: FunctionNode,
    start: { readonly block: number; readonly after: number },
    handle: HandleValue,
    aliases: Aliases,
    initial: State,
    origin?: CallInstruction,
    reach?: Reach,
  ): void {
    this.handle = handle;
    this.strays = false;
    const exits = walkFrom(each, start, aliases, initial, this, origin, reach);
    this.log.settle(initial.open ? "part" : "whole");
    this.handle = undefined;
    if (exits === undefined) return;
    if (aliases.isInThis) for (const state of exits.normal) this.handed(state, each, "receiver", aliases);
    if (!this.claims) return;
    const isLeft = (state: State) =>
      state.life === "held" && state.stored !== true && state.idle !== true && !isUnsure(state);
    if (this.checkout !== undefined && !this.strays && exits.normal.length > 0 && exits.normal.every(isLeft))
      this.checkout.abandoned = true;
    for (const state of [...exits.thrown, ...exits.normal]) this.left(state);
  }

  /** A way out of the handle's life. */
  protected left(state: State): void {
    if (state.life === "released" || isUnsure(state) || state.stored === true || state.idle === true) return;
    const steps = stepsOf(state.trace);
    const transaction = state.begin === undefined ? undefined : this.transactions.get(state.begin);
    // What a statement began without being told ends with the session, which is what is lost then.
    if (state.open && transaction?.form !== "implicit") {
      if (transaction !== undefined && transaction.leaks.length < maximumLeaks) transaction.leaks.push({ steps });
    } else if (this.checkout !== undefined && this.checkout.leaks.length < maximumLeaks) {
      this.checkout.leaks.push({ steps });
    }
  }

  protected record(
    each: FunctionNode,
    call: CallInstruction,
    driver: Driver,
    form: Transaction["form"],
    on: Transaction["on"],
    handle: HandleValue | undefined,
  ): Writable<Transaction> {
    const name =
      form === "unmanaged" && handle?.site.call === call ? variableName(each, call) : receiverName(each, call);
    const made: Writable<Transaction> = {
      place: { path: each.file.path, span: call.span },
      call,
      function: each.facts.id,
      driver,
      form,
      on,
      ends: [],
      leaks: [],
      releases: [],
      waits: [],
      outer: [],
      concurrent: [],
      floating: [],
      context: this.around.context(each.file),
      profile: this.around.profile(handle, each.file),
    };
    if (name !== undefined) made.handle = name;
    const pool = this.around.pool(handle);
    if (pool !== undefined) made.pool = pool;
    if (this.checkout !== undefined) {
      made.checkout = this.checkout as Checkout;
      this.checkout.transactions.push(made as Transaction);
    }
    this.transactions.set(call, made);
    const region = new OpenRegion(made, handle);
    // Of a session that many functions hand on, what it came from is not asked.
    if (!this.remembers) delete region.root;
    else if (handle?.site.kind === "declared" && isPython(each)) region.alsoOn(sessionsAt(each, call));
    this.regions.set(call, region);
    return made;
  }

  // ---- Observer

  began(each: FunctionNode, call: CallInstruction, how: "told" | "implicit"): void {
    if (this.transactions.has(call)) return;
    const driver = each.calls.get(call)?.driver[0]?.driver;
    if (driver === undefined) return;
    if (how === "implicit") {
      this.record(each, call, driver, "implicit", "session", this.handle);
      return;
    }
    const sql = each.calls.get(call)?.driver.some((one) => one.effects.some((effect) => effect.does === "runs"));
    this.record(each, call, driver, sql === true ? "sql" : "unmanaged", "session", this.handle);
  }

  ended(state: State, each: FunctionNode, call: CallInstruction, how: "commit" | "rollback"): void {
    const transaction = state.begin === undefined ? undefined : this.transactions.get(state.begin);
    if (state.begin !== undefined) this.regions.get(state.begin)?.settle();
    if (transaction === undefined || transaction.ends.some((end) => end.place.span.start === call.span.start)) return;
    transaction.ends.push({ place: { path: each.file.path, span: call.span }, how });
  }

  released(state: State, each: FunctionNode, call: CallInstruction): void {
    const transaction = state.begin === undefined ? undefined : this.transactions.get(state.begin);
    if (isUnsure(state) || transaction === undefined || transaction.releases.some((one) => one.call === call)) return;
    transaction.releases.push({ place: { path: each.file.path, span: call.span }, call, steps: stepsOf(state.trace) });
  }

  misused(state: State, each: FunctionNode, call: CallInstruction, kind: "double release" | "use after release"): void {
    const { checkout } = this;
    if (
      isUnsure(state) ||
      checkout === undefined ||
      checkout.misuses.some((one) => one.place.span.start === call.span.start)
    )
      return;
    checkout.misuses.push({ kind, place: { path: each.file.path, span: call.span }, steps: stepsOf(state.trace) });
  }

  called(state: State, each: FunctionNode, call: CallInstruction, via: readonly Link[]): void {
    if (state.begin === undefined || (state.implied === true && state.doubt === true)) return;
    // What a callback does is told of the call that hands it over.
    if (via.some((link) => isCallback(link.each, link.call))) return;
    this.regions.get(state.begin)?.add(each, call, via, state.perhaps === true ? "perhaps" : "surely");
  }

  entered(state: State, target: FunctionNode): void {
    if (state.begin !== undefined) this.regions.get(state.begin)?.walked.add(target);
  }

  lent(state: State, each: FunctionNode): void {
    if (state.begin !== undefined && !isUnsure(state) && isContextManager(each.facts))
      this.regions.get(state.begin)?.lenders.add(each);
  }

  returned(state: State, each: FunctionNode, as: "handle" | "container", aliases: Aliases): void {
    this.strays = true;
    this.handed(state, each, as, aliases);
  }

  /** The handle goes to whoever called. What was only given to this function is the caller's already. */
  private handed(state: State, each: FunctionNode, as: Opened["as"], aliases: Aliases): void {
    if (this.handle === undefined || state.life === "released" || !this.makes) return;
    const begun = state.begin === undefined ? undefined : this.transactions.get(state.begin);
    if (state.open && begun === undefined) return;
    this.opened.push({
      function: each,
      handle: this.handle,
      as,
      aliases,
      ...(this.checkout === undefined ? {} : { checkout: this.checkout as Checkout }),
      ...(begun === undefined ? {} : { begun: begun as Transaction }),
      sure: !isUnsure(state) && this.claims,
      ...(state.idle === undefined ? {} : { idle: true }),
    });
  }

  visited(state: State, _each: FunctionNode, call: CallInstruction, where: "own" | "entered"): void {
    if (this.remembers) this.log.visited(state, call, where);
  }

  lost(): void {
    this.strays = true;
    this.log.lose();
  }
}

/** The sessions that a call is made on: an annotation hides what is handed over. */
const sessionsAt = (each: FunctionNode, call: CallInstruction): readonly HandleValue[] =>
  (each.registers[call.receiver ?? call.callee] ?? []).filter(
    (value): value is HandleValue => value.kind === "handle" && value.site.kind === "acquires",
  );

/** What becomes of the handle on this path hangs on what is not known. */
const isUnsure = ({ doubt, perhaps }: State): boolean => doubt === true || perhaps === true;

/** Looks through what a region turned out to hold. */
function explored(region: OpenRegion, looked: ExternalWaits): Explored {
  const { transaction, sites, root, ambient, entries, walked, passes, lenders } = region;
  const { waits, callbacks } = looked.scan(region);
  transaction.waits.push(...waits);
  return {
    transaction,
    sites,
    entries,
    walked,
    lenders,
    callbacks: passes === undefined ? callbacks : [passes, ...callbacks],
    ...(root === undefined ? {} : { root }),
    ...(ambient === undefined ? {} : { ambient }),
  };
}
