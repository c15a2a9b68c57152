import type { Driver, Effect } from "../core/driver.ts";
import type { CallInstruction, VariableId } from "../core/facts.ts";
import type { ImplicitTransaction, Listening } from "../core/model.ts";
import { Aliases, isInside, written } from "./aliases.ts";
import { handleOf, opens, ownerOf } from "./begin-sites.ts";
import { parameterOf } from "./callbacks.ts";
import { type DriverCall, unresolved } from "./calls.ts";
import { destroyed } from "./captures.ts";
import { type Deed, deedsOf } from "./effects.ts";
import { Follower, type FollowSurroundings } from "./follower.ts";
import type { Forwarders } from "./forwarders.ts";
import { isLentTo, sessionsHad } from "./implicit.ts";
import { followLent } from "./lent.ts";
import type { FileTransactions } from "./merge-transactions.ts";
import type { State } from "./path-state.ts";
import { driverCallsIn, type FileNode, type FunctionNode, inOrder, isPython } from "./program.ts";
import { roleOf } from "./roles.ts";
import { implicitOf, listensOf, type SessionSurroundings } from "./session-use.ts";
import { type FoundStatement, forwardedStatement, isOfOne, statementsOf } from "./statements.ts";
import { definition, slotRegister } from "./text.ts";
import type { HandleValue, Site } from "./values.ts";
import { near } from "./walk.ts";

/** What is needed of the rest of the model. */
export interface TransactionSurroundings extends SessionSurroundings, FollowSurroundings {
  readonly forwarders: Forwarders;
  /** The sessions that somebody put in autocommit. */
  readonly inAutocommit: ReadonlySet<Site>;
  /** False where the handle is, or may well be, one of another database. `others`: what is found in its place as well. */
  isPostgres(handle: HandleValue | undefined, driver: Driver, file: FileNode, others?: readonly HandleValue[]): boolean;
}

/** Finds the transactions and checkouts of functions of one file that belong together, and follows each through every path. */
export function findTransactions(
  functions: readonly FunctionNode[],
  around: TransactionSurroundings,
): FileTransactions {
  return new Finder(around).run(functions);
}

/** Statements find the transaction by themselves from here on. */
const isAmbient = (effect: Effect): boolean =>
  effect.does === "enables ambient transactions" ||
  (effect.does === "runs in transaction" && effect.ambient === "async local storage");

class Finder extends Follower<TransactionSurroundings> {
  private readonly statements: FoundStatement[] = [];
  private readonly ambient = new Set<string>();
  private readonly listens: Listening[] = [];
  private readonly implicitTransactions: ImplicitTransaction[] = [];

  run(functions: readonly FunctionNode[]): FileTransactions {
    const sites = functions.flatMap(driverCallsIn).filter(({ each, call, one }) => {
      const others = (each.calls.get(call) ?? unresolved).driver.flatMap(({ receiver }) => receiver ?? []);
      return this.around.isPostgres(one.receiver ?? one.result, one.driver, each.file, others);
    });
    for (const { each, call, one } of sites) this.follow(each, call, one);
    for (const { each, call, one } of sites) this.rest(each, call, one);
    for (const each of functions) if (isPython(each) && this.around.context(each.file) !== "test") this.had(each);
    for (const each of functions) {
      for (const [call, resolved] of each.calls)
        if (resolved.targets.length > 0) this.forwarded(each, call, resolved.targets);
    }
    return {
      ...this.told(),
      statements: this.statements,
      ambient: this.ambient,
      listens: this.listens,
      implicitTransactions: this.implicitTransactions,
    };
  }

  /** The first statement on a session that the function has from elsewhere begins a transaction, unless somebody did before. */
  private had(each: FunctionNode): void {
    for (const { handle, aliases, start } of sessionsHad(each, this.around.inAutocommit)) {
      if (!this.around.isPostgres(handle, handle.driver, each.file)) continue;
      this.claims = this.makes = this.remembers = false;
      this.walkIn(each, start, handle, aliases, { life: "held", open: false, truths: new Map() }, undefined, near());
      this.claims = this.makes = this.remembers = true;
    }
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
      const begins = handle !== undefined && found.statement.on === "pool" && opens(found.statement.text);
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
        this.walk(
          each,
          call,
          one.result,
          { registers: [call.dst] },
          { life: "held", open: true, begin: call, truths: new Map() },
          call,
        );
      }
    }
  }

  private acquired(each: FunctionNode, call: CallInstruction, one: DriverCall): void {
    const profile = this.around.profile(one.receiver, each.file);
    const checkout = this.checkedOut(each, call, one.driver, profile);
    const pool = this.around.pool(one.receiver ?? one.result);
    if (pool !== undefined) checkout.pool = pool;
    const isLazy = one.effects.some((effect) => effect.does === "acquires" && effect.lazily);
    const initial: State = { life: "held", open: false, ...(isLazy ? { idle: true } : {}), truths: new Map() };
    if (one.result !== undefined) {
      this.checkouts.push(checkout);
      this.checkout = checkout;
      this.walk(each, call, one.result, { registers: [call.dst] }, initial, call);
      // `Session(connection)` borrows: whoever lent the connection closes it.
      const lender = one.result.site.parent;
      if (lender === undefined || roleOf(lender) !== "pool") delete checkout.abandoned;
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
        new Aliases(session.site, callback, { variables: held.map((one) => one.variable) }),
        { ...initial, truths },
      );
      this.checkout = undefined;
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
    for (const callback of inOrder(one.callbacks)) {
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
      if (!this.transactions.has(call) && !isOfOne(this.around.pool(handle)))
        this.record(each, call, one.driver, "sql", "pool", handle);
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
    const open: State = { life: "held", open: true, begin: call, truths: new Map() };
    const source = definition(each, call.receiver ?? call.callee);
    if (source?.op === "get" && definition(each, source.object)?.op === "this") {
      // The object outlives the method: another one may end the transaction.
      this.claims = false;
      this.walk(each, call, handle, { receiver: true }, open);
      this.claims = true;
      return;
    }
    const variable = source?.op === "load" ? each.file.facts.variables[source.variable] : undefined;
    if (source?.op !== "load" || variable === undefined) return;
    // The caller of a function that was given the session may end the transaction; a session of this function's own nobody else ends.
    // A library that lends a session for the time of a callback gives it back itself, with the transaction open.
    const lent =
      handle.site.call !== undefined && handle.site.kind === "derived" && variable.function === each.facts.id;
    // One that is checked out here, but was put where it could not be followed before it came to this.
    const isElsewhere = handle.site.kind === "acquires" && handle.site.function === each;
    this.claims =
      !isElsewhere &&
      (variable.kind !== "parameter" || lent) &&
      !isLentTo(each, source.variable) &&
      (variable.function === each.facts.id ||
        isAlone(each, ownerOf(each, variable.function), source.variable, handle.site));
    this.makes = variable.kind !== "parameter";
    this.walk(each, call, handle, { variables: [source.variable] }, open);
    this.makes = this.claims = true;
  }
}

/**
 * Whether no other function ends what this one begins on a session in a variable of the function around both. What a module's variable holds,
 * all of its functions share.
 */
function isAlone(each: FunctionNode, owner: FunctionNode, variable: VariableId, site: Site): boolean {
  if (owner.facts.id === 0 || !isInside(each, owner)) return false;
  return [owner, ...written(owner)].every((other) => {
    if (other === each || isInside(other, each)) return true;
    const aliases = new Aliases(site, other, { variables: [variable] });
    const mayEnd = (call: CallInstruction, deed: Deed): boolean =>
      deed.does === "release"
        ? destroyed(other, call, deed.destroys, fresh)
        : deed.does !== "use" && deed.does !== "touch" && deed.does !== "begin";
    return [...other.calls].every(
      ([call, resolved]) => !deedsOf(other, call, resolved, aliases)?.some((deed) => mayEnd(call, deed)),
    );
  });
}

const fresh: State = { life: "held", open: true, truths: new Map() };
