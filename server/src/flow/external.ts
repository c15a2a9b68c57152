import type { CallInstruction, FileFacts } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import type { ExternalWait } from "../core/model.ts";
import { carriers, externalWork, isAnswer } from "../drivers/external.ts";
import { nameOf } from "./call-name.ts";
import { isCallback, type ParameterRef } from "./callbacks.ts";
import { type Resolved, unresolved } from "./calls.ts";
import { placeKey } from "./places.ts";
import { type FileNode, type FunctionNode, isPython } from "./program.ts";
import { carriesCallback, handedOver, type Part, partsOf, type Region, stepsTo } from "./regions.ts";
import { definition } from "./text.ts";
import type { ExternalValue, GlobalValue } from "./values.ts";
import { isWaitedFor } from "./waited-for.ts";
import { isOnWay } from "./way.ts";

const slowest: readonly ExternalWait["kind"][] = [
  "sleep",
  "network",
  "process",
  "queue",
  "unknown",
  "file",
  "cache",
  "computation",
];

/** Names that people declare to be work outside the database, or not. */
export interface Declared {
  readonly external: ReadonlySet<string>;
  readonly pure: ReadonlySet<string>;
}

type DirectWait = Omit<ExternalWait, "chain">;

/** What one function does itself, and the calls behind which more may be. */
interface Work {
  readonly direct: ReadonlyMap<CallInstruction, DirectWait>;
  readonly leads: ReadonlySet<CallInstruction>;
}

/** What the code inside a transaction waits for, and the callbacks that it runs for somebody else. */
export interface Scan {
  readonly waits: readonly ExternalWait[];
  readonly callbacks: readonly Callback[];
}

/** A call of a parameter of the function in which the transaction stands: it is the caller's code that runs there. */
export interface Callback {
  readonly parameter: ParameterRef;
  readonly part: Part;
  readonly call: CallInstruction;
}

/** Finds waits for work outside the database inside a transaction. */
export class ExternalWaits {
  private readonly work = new WeakMap<ReadonlyMap<CallInstruction, Resolved>, Work>();
  private readonly tests = new WeakMap<FileFacts, boolean>();

  constructor(
    private readonly declared: Declared,
    private readonly isTest: (file: FileNode) => boolean,
  ) {}

  /** Something in or around a function changed, or in what it calls. */
  forget({ calls }: FunctionNode): void {
    this.work.delete(calls);
  }

  /** Looks through all the code inside a transaction. One call of the transaction's own code is one wait, the slowest behind it. */
  scan(region: Pick<Region, "entries" | "walked">): Scan {
    const waits = new Map<CallInstruction, ExternalWait>();
    const callbacks: Callback[] = [];
    for (const part of partsOf(region, (one) => this.leadsOf(one))) {
      const { direct, leads } = this.workOf(part.each);
      for (const [call, wait] of direct) {
        if (part.calls !== undefined && !part.calls.has(call)) continue;
        const origin = part.via[0]?.call ?? call;
        const known = waits.get(origin);
        if (known !== undefined && slowest.indexOf(known.kind) <= slowest.indexOf(wait.kind)) continue;
        // A test waits on purpose, and stands in for what would not wait.
        if (this.isInTest(part)) break;
        if (!isOnWay(part, call)) continue;
        waits.set(origin, { ...wait, chain: stepsTo(part.via) });
      }
      for (const call of leads) {
        if (part.calls !== undefined && !part.calls.has(call)) continue;
        const handed = handedOver(part, call);
        if (handed?.kind === "parameter") callbacks.push({ parameter: handed.parameter, part, call });
      }
    }
    // `topic("a").publish()` begins where `topic("a")` does: it is one wait.
    const places = new Map([...waits.values()].map((wait) => [placeKey(wait.place), wait]));
    return { waits: [...places.values()], callbacks };
  }

  private isInTest({ each: { file } }: Part): boolean {
    let known = this.tests.get(file.facts);
    if (known === undefined) {
      known = this.isTest(file);
      this.tests.set(file.facts, known);
    }
    return known;
  }

  /** From a test no way leads on: the application's own way to the same place is another. */
  private *leadsOf(part: Part): Generator<CallInstruction> {
    if (this.isInTest(part)) return;
    for (const call of this.workOf(part.each).leads) if (part.calls === undefined || part.calls.has(call)) yield call;
  }

  /** What one function does, as long as values flow in it as they do. */
  private workOf(each: FunctionNode): Work {
    const known = this.work.get(each.calls);
    if (known !== undefined) return known;
    const direct = new Map<CallInstruction, DirectWait>();
    const leads = new Set<CallInstruction>();
    for (const [call, resolved] of each.calls) {
      const waited = isWaitedFor(each, call);
      const wait = this.direct(each, call, resolved, waited ? "awaited" : "blocks");
      if (wait !== undefined) direct.set(call, wait);
      else if (
        waited &&
        (resolved.targets.length > 0 || isCallback(each, call) || carriesCallback(resolved)) &&
        !this.isPure(each, call, resolved)
      )
        leads.add(call);
    }
    const made = { direct, leads };
    this.work.set(each.calls, made);
    return made;
  }

  private isPure(each: FunctionNode, call: CallInstruction, { targets, driver }: Resolved): boolean {
    if (driver.length > 0 || targets.some((target) => target.facts.tags.includes("pure"))) return true;
    const name = plainName(each, call);
    return this.declared.pure.has(name) || this.declared.pure.has(name.split(".").at(-1) ?? name);
  }

  private direct(
    each: FunctionNode,
    call: CallInstruction,
    resolved: Resolved,
    how: "awaited" | "blocks",
  ): DirectWait | undefined {
    // `then`, `catch` and `finally` wait for what they hang on, which is told itself.
    if (call.property !== undefined && settling.has(call.property)) return undefined;
    // `db.select()`, where some hand a transaction over and others what a queue keeps for them: here it is the transaction.
    if (resolved.driver.length > 0) return undefined;
    const place = { path: each.file.path, span: call.span };
    const what = nameOf(each, call);
    for (const one of resolved.external) {
      const work = workOf(one);
      // What a request's answer is asked for is there already, unless the code waits for it.
      if (call.use !== "awaited" && one.kind === "external" && isAnswer(one.module, one.path)) continue;
      if (work !== undefined && (work.how === "blocks" || (work.how === how && call.style !== "new")))
        return { place, what, kind: work.kind };
    }
    if (how === "blocks" && !isPython(each)) return undefined;
    const name = plainName(each, call);
    if (this.declared.external.has(name) || this.declared.external.has(name.split(".").at(-1) ?? name))
      return { place, what, kind: "unknown" };
    if (resolved.targets.some((target) => target.facts.tags.includes("external")))
      return { place, what, kind: "unknown" };
    if (isNext(each, call, resolved)) return { place, what, kind: "unknown" };
    const carried = carriedKind(each, call, resolved);
    if (carried !== undefined) return { place, what, kind: carried };
    return isSleep(each, call, resolved) ? { place, what: "`setTimeout()`", kind: "sleep" } : undefined;
  }
}

/** `await next()` in a middleware: the rest of the request. */
function isNext(each: FunctionNode, call: CallInstruction, resolved: Resolved): boolean {
  if (call.use === "chained" || call.arguments.length > 0 || resolved.targets.length > 0) return false;
  const callee = definition(each, call.callee);
  if (callee?.op !== "load") return false;
  const variable = each.file.facts.variables[callee.variable];
  if (variable?.kind !== "parameter" || variable.name !== "next") return false;
  const owner = functionOf(each.file.facts, variable.function);
  return owner !== undefined && owner.parameters.length >= 2 && owner.parameters.at(-1)?.variable === callee.variable;
}

const settling = new Set(["then", "catch", "finally"]);

const carrying = carriers.filter((carrier) => carrier.carries === "promise");

/** `firstValueFrom(http.post(…))` waits for what it is handed. */
function carriedKind(each: FunctionNode, call: CallInstruction, resolved: Resolved): ExternalWait["kind"] | undefined {
  const carries = resolved.external.some(
    (one) =>
      one.kind === "external" &&
      carrying.some(
        ({ modules, names }) => modules.includes(one.module) && names.includes(one.path.at(-1) ?? "default"),
      ),
  );
  const argument = carries ? call.arguments[0] : undefined;
  const inner = argument === undefined ? undefined : definition(each, argument.value);
  if (inner?.op !== "call") return undefined;
  for (const one of (each.calls.get(inner) ?? unresolved).external) {
    const work = workOf(one);
    if (work !== undefined) return work.kind;
  }
  return undefined;
}

const plainName = (each: FunctionNode, call: CallInstruction): string => nameOf(each, call).replace(/[`()]/g, "");

const workOf = (value: ExternalValue | GlobalValue): ReturnType<typeof externalWork> =>
  externalWork(value.kind === "external" ? value.module : undefined, value.path);

/** `new Promise((resolve) => setTimeout(resolve, 100))`. */
function isSleep(each: FunctionNode, call: CallInstruction, resolved: Resolved): boolean {
  if (call.style !== "new" || !resolved.external.some((one) => one.kind === "global" && one.path[0] === "Promise"))
    return false;
  return (each.registers[call.arguments[0]?.value ?? -1] ?? []).some((value) => {
    if (value.kind !== "closure") return false;
    return [...value.function.calls.values()].some((inner) =>
      inner.external.some((one) => one.kind === "global" && one.path.join(".") === "setTimeout"),
    );
  });
}
