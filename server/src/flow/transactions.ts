import type { Driver, Effect } from "../core/driver.ts";
import type { CallInstruction } from "../core/facts.ts";
import type { Checkout, ImplicitTransaction, Listening, Transaction } from "../core/model.ts";
import { Aliases, isInside } from "./aliases.ts";
import { handleOf, locate, opens, ownerOf, receiverName } from "./begin-sites.ts";
import { isCallback, parameterOf } from "./callbacks.ts";
import type { DriverCall } from "./calls.ts";
import { truthsAt } from "./conditions.ts";
import type { ExternalWaits } from "./external.ts";
import type { Forwarders } from "./forwarders.ts";
import { variableName } from "./held.ts";
import { followLent } from "./lent.ts";
import { type FileTransactions, maximumLeaks, type Writable } from "./merge-transactions.ts";
import type { Observer } from "./observer.ts";
import { type Explored, OpenRegion } from "./open-region.ts";
import { type State, stepsOf } from "./path-state.ts";
import { driverCallsOf, type FileNode, type FunctionNode } from "./program.ts";
import type { Link } from "./regions.ts";
import { roleOf } from "./roles.ts";
import { implicitOf, listensOf, type SessionSurroundings } from "./session-use.ts";
import { type FoundStatement, forwardedStatement, statementsOf } from "./statements.ts";
import { definition, slotRegister } from "./text.ts";
import type { HandleValue } from "./values.ts";
import { VisitLog } from "./visits.ts";
import { walkFrom } from "./walk.ts";

/** What is needed of the rest of the model. */
export interface TransactionSurroundings extends SessionSurroundings {
  readonly waits: ExternalWaits;
  readonly forwarders: Forwarders;
  /** False where the handle is, or may well be, one of another database. */
  isPostgres(handle: HandleValue | undefined, driver: Driver, file: FileNode): boolean;
}

/** Finds the transactions and checkouts of one file and follows each through every path of its function. */
export function findTransactions(file: FileNode, around: TransactionSurroundings): FileTransactions {
  return new Finder(around).run(file);
}

/** Looks through what a region turned out to hold. */
function explored(region: OpenRegion, looked: ExternalWaits): Explored {
  const { transaction, sites, root, ambient, entries, passes } = region;
  const { waits, callbacks } = looked.scan(region);
  transaction.waits.push(...waits);
  return {
    transaction,
    sites,
    entries,
    callbacks: passes === undefined ? callbacks : [passes, ...callbacks],
    ...(root === undefined ? {} : { root }),
    ...(ambient === undefined ? {} : { ambient }),
  };
}

/** Statements find the transaction by themselves from here on. */
const isAmbient = (effect: Effect): boolean =>
  effect.does === "enables ambient transactions" ||
  (effect.does === "runs in transaction" && effect.ambient === "async local storage");

class Finder implements Observer {
  private readonly transactions = new Map<CallInstruction, Writable<Transaction>>();
  private readonly regions = new Map<CallInstruction, OpenRegion>();
  private readonly checkouts: Writable<Checkout>[] = [];
  private readonly statements: FoundStatement[] = [];
  private readonly log = new VisitLog();
  private readonly ambient = new Set<string>();
  private readonly listens: Listening[] = [];
  private readonly implicitTransactions: ImplicitTransaction[] = [];
  /** The checkout that is being followed. */
  private checkout: Writable<Checkout> | undefined;
  private handle: HandleValue | undefined;
  private claims = true;

  constructor(private readonly around: TransactionSurroundings) {}

  run(file: FileNode): FileTransactions {
    const later: (() => void)[] = [];
    for (const { each, call, one } of driverCallsOf(file)) {
      if (!this.around.isPostgres(one.receiver ?? one.result, one.driver, file)) continue;
      this.follow(each, call, one);
      later.push(() => this.rest(each, call, one));
    }
    for (const look of later) look();
    for (const each of file.functions) {
      for (const [call, resolved] of each.calls)
        if (resolved.targets.length > 0) this.forwarded(each, call, resolved.targets);
    }
    return {
      transactions: this.transactions,
      regions: [...this.regions.values()].map((region) => explored(region, this.around.waits)),
      checkouts: this.checkouts,
      statements: this.statements,
      visits: this.log.visits,
      ambient: this.ambient,
      listens: this.listens,
      implicitTransactions: this.implicitTransactions,
    };
  }

  /** `db.query("BEGIN")`, where the project's own function hands the text on to the pool. */
  private forwarded(each: FunctionNode, call: CallInstruction, targets: readonly FunctionNode[]): void {
    for (const target of targets) {
      const forwarder = this.around.forwarders.of(target);
      const argument = forwarder === undefined ? undefined : call.arguments[forwarder.parameter];
      if (forwarder === undefined || argument === undefined) continue;
      const { handle, one } = forwarder;
      if (!this.around.isPostgres(handle ?? one.receiver, one.driver, each.file)) continue;
      const found = forwardedStatement(each, call, forwarder, this.around);
      if (found === undefined) continue;
      this.statements.push(found);
      const begins = handle !== undefined && roleOf(handle) === "pool" && opens(found.statement.text);
      if (!begins || this.transactions.has(call)) continue;
      this.record(each, call, one.driver, "sql", "pool", handle);
    }
  }

  /** Handles that are made here: sessions that are checked out, transactions that are handed out open. */
  private follow(each: FunctionNode, call: CallInstruction, one: DriverCall): void {
    for (const effect of one.effects) {
      if (isAmbient(effect)) this.ambient.add(one.driver.name);
      if (effect.does === "acquires") this.acquired(each, call, one);
      else if (effect.does === "begins" && effect.handle === "result" && one.result !== undefined) {
        if (one.receiver !== undefined && roleOf(one.receiver) === "transaction") continue;
        this.record(each, call, one.driver, "unmanaged", "session", one.result);
        this.walk(each, call, one.result, [call.dst], new Set(), {
          life: "held",
          open: true,
          begin: call,
          truths: new Map(),
        });
      }
    }
  }

  private acquired(each: FunctionNode, call: CallInstruction, one: DriverCall): void {
    const checkout: Writable<Checkout> = {
      place: { path: each.file.path, span: call.span },
      call,
      function: each.facts.id,
      driver: one.driver,
      leaks: [],
      misuses: [],
      transactions: [],
      context: this.around.context(each.file),
      profile: this.around.profile(one.receiver, each.file),
    };
    const initial: State = { life: "held", open: false, truths: new Map() };
    if (one.result !== undefined) {
      const name = variableName(each, call);
      if (name !== undefined) checkout.handle = name;
      this.checkouts.push(checkout);
      this.checkout = checkout;
      this.walk(each, call, one.result, [call.dst], new Set(), initial);
      this.checkout = undefined;
      return;
    }
    for (const callback of one.callbacks) {
      const held = callback.facts.parameters.filter(
        (parameter) => handleOf(callback, parameter.variable)?.site.call === call,
      );
      const session = held
        .map((parameter) => handleOf(callback, parameter.variable))
        .find((handle) => handle?.descriptor.role === "session");
      if (session === undefined) continue;
      const named = held.find((parameter) => handleOf(callback, parameter.variable) === session);
      const name = named === undefined ? undefined : callback.file.facts.variables[named.variable]?.name;
      if (name !== undefined) checkout.handle = name;
      // Called back with an error, there is no client.
      const [failure] = callback.facts.parameters;
      const truths = new Map(
        failure === undefined || held.includes(failure) ? [] : [[`v${failure.variable}`, false] as const],
      );
      this.checkouts.push(checkout);
      this.checkout = checkout;
      this.walkIn(
        callback,
        { block: 0, after: 0 },
        session,
        new Aliases(session.site, new Set(held.map((one) => one.variable)), callback, []),
        { ...initial, truths },
      );
      this.checkout = undefined;
    }
  }

  private walk(
    each: FunctionNode,
    call: CallInstruction,
    handle: HandleValue,
    roots: readonly number[],
    variables: Set<number>,
    initial: State,
  ): void {
    const start = locate(each, call);
    if (start === undefined) return;
    const truths = new Map([...truthsAt(each, start.block), ...initial.truths]);
    this.walkIn(
      each,
      start,
      handle,
      new Aliases(handle.site, variables, each, roots),
      { ...initial, truths },
      roots.includes(call.dst) ? call : undefined,
    );
  }

  private walkIn(
    each: FunctionNode,
    start: { readonly block: number; readonly after: number },
    handle: HandleValue,
    aliases: Aliases,
    initial: State,
    origin?: CallInstruction,
  ): void {
    this.handle = handle;
    const exits = walkFrom(each, start, aliases, initial, this, origin);
    this.log.settle(initial.open ? "part" : "whole");
    this.handle = undefined;
    if (exits === undefined || !this.claims) return;
    for (const state of [...exits.thrown, ...exits.normal]) this.left(state);
  }

  /** A way out of the handle's life. */
  private left(state: State): void {
    if (state.life === "released" || state.doubt === true) return;
    const steps = stepsOf(state.trace);
    const transaction = state.begin === undefined ? undefined : this.transactions.get(state.begin);
    // What a statement began without being told ends with the session, which is what is lost then.
    if (state.open && transaction?.form !== "implicit") {
      if (transaction !== undefined && transaction.leaks.length < maximumLeaks) transaction.leaks.push({ steps });
    } else if (this.checkout !== undefined && this.checkout.leaks.length < maximumLeaks) {
      this.checkout.leaks.push({ steps });
    }
  }

  /** Transactions that were not met on the way: callback forms, BEGIN on a pool, BEGIN on a handle that came from elsewhere. */
  private rest(each: FunctionNode, call: CallInstruction, one: DriverCall): void {
    for (const effect of one.effects) {
      if (effect.does === "runs in transaction") this.managed(each, call, one);
      else if (effect.does === "begins" && effect.handle === "receiver" && one.receiver !== undefined)
        this.floating(each, call, one, one.receiver);
    }
    for (const found of statementsOf(each, call, one, this.around)) this.sql(found, one);
    this.listens.push(...listensOf(each, call, one, this.around));
    this.implicitTransactions.push(...implicitOf(each, call, one, this.around));
    followLent(each, call, one, this.log);
  }

  private managed(each: FunctionNode, call: CallInstruction, one: DriverCall): void {
    if (this.transactions.has(call) || (one.receiver !== undefined && roleOf(one.receiver) === "transaction")) return;
    this.record(each, call, one.driver, "callback", "session", one.receiver);
    const region = this.regions.get(call);
    const effect = one.effects.find((each) => each.does === "runs in transaction");
    if (region === undefined || effect === undefined) return;
    if (effect.ambient !== undefined) region.ambient = effect.ambient;
    const register = effect.callback === "decorated" ? undefined : slotRegister(call, effect.callback);
    const given = register === undefined ? undefined : parameterOf(each, register);
    for (const callback of one.callbacks) {
      for (const { variable } of callback.facts.parameters) {
        const handle = handleOf(callback, variable);
        if (handle?.site.call === call) region.sites.add(handle.site);
      }
      if (given === undefined) region.entries.push({ each: callback, via: [] });
    }
    if (given !== undefined) region.passes = { parameter: given, part: { each, via: [] }, call };
  }

  private sql(found: FoundStatement, one: DriverCall): void {
    this.statements.push(found);
    const { each, handle, statement } = found;
    const { call, text } = statement;
    if (handle === undefined || !opens(text)) return;
    const role = roleOf(handle);
    if (role === "pool") {
      if (!this.transactions.has(call)) this.record(each, call, one.driver, "sql", "pool", handle);
    } else if (role === "session") this.floating(each, call, one, handle);
  }

  /** A transaction that begins on a session from elsewhere: a parameter, a field, what a function of the workspace returned. */
  private floating(each: FunctionNode, call: CallInstruction, one: DriverCall, handle: HandleValue): void {
    if (this.transactions.has(call)) return;
    this.record(
      each,
      call,
      one.driver,
      one.effects.some((effect) => effect.does === "begins") ? "unmanaged" : "sql",
      "session",
      handle,
    );
    const register = call.receiver ?? call.callee;
    const source = definition(each, register);
    const variable = source?.op === "load" ? each.file.facts.variables[source.variable] : undefined;
    if (source?.op !== "load" || variable === undefined) return;
    // The caller of a function that was given the session may end the transaction; a session of this function's own nobody else ends.
    // A library that lends a session for the time of a callback gives it back itself, with the transaction open.
    const lent =
      handle.site.call !== undefined && handle.site.kind === "derived" && variable.function === each.facts.id;
    this.claims =
      (variable.kind !== "parameter" || lent) &&
      (variable.function === each.facts.id || isInside(each, ownerOf(each, variable.function)));
    this.walk(each, call, handle, [], new Set([source.variable]), {
      life: "held",
      open: true,
      begin: call,
      truths: new Map(),
    });
    this.claims = true;
  }

  private record(
    each: FunctionNode,
    call: CallInstruction,
    driver: DriverCall["driver"],
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
    if (this.checkout !== undefined) {
      made.checkout = this.checkout as Checkout;
      this.checkout.transactions.push(made as Transaction);
    }
    this.transactions.set(call, made);
    this.regions.set(call, new OpenRegion(made, handle));
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
    if (transaction === undefined || transaction.ends.some((end) => end.place.span.start === call.span.start)) return;
    transaction.ends.push({ place: { path: each.file.path, span: call.span }, how });
  }

  released(state: State, each: FunctionNode, call: CallInstruction): void {
    const transaction = state.begin === undefined ? undefined : this.transactions.get(state.begin);
    if (state.doubt === true || transaction === undefined || transaction.releases.some((one) => one.call === call))
      return;
    transaction.releases.push({ place: { path: each.file.path, span: call.span }, call, steps: stepsOf(state.trace) });
  }

  misused(state: State, each: FunctionNode, call: CallInstruction, kind: "double release" | "use after release"): void {
    const { checkout } = this;
    if (checkout === undefined || checkout.misuses.some((one) => one.place.span.start === call.span.start)) return;
    checkout.misuses.push({ kind, place: { path: each.file.path, span: call.span }, steps: stepsOf(state.trace) });
  }

  called(state: State, each: FunctionNode, call: CallInstruction, via: readonly Link[]): void {
    if (state.begin === undefined) return;
    // What a callback does is told of the call that hands it over.
    if (via.some((link) => isCallback(link.each, link.call))) return;
    this.regions.get(state.begin)?.add(each, call, via);
  }

  visited(state: State, _each: FunctionNode, call: CallInstruction, where: "own" | "entered"): void {
    this.log.visited(state, call, where);
  }

  lost(): void {
    this.log.lose();
  }
}
