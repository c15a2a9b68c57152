import type { CallInstruction } from "../core/facts.ts";
import type { ExternalWait, Step } from "../core/model.ts";
import { carriers, externalWork } from "../drivers/external.ts";
import { nameOf } from "./call-name.ts";
import { type Resolved, unresolved } from "./calls.ts";
import { placeKey } from "./places.ts";
import type { FunctionNode } from "./program.ts";
import { definition } from "./text.ts";
import type { ExternalValue, GlobalValue } from "./values.ts";

/** How far a wait is looked for through calls, and how many waits one function is asked for. */
const maximumChain = 6;
const maximumWaits = 4;

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

/** Finds waits for work outside the database: at a call itself, or behind it. */
export class ExternalWaits {
  private readonly known = new Map<FunctionNode, readonly ExternalWait[]>();

  constructor(private readonly declared: Declared) {}

  /** What a call waits for; nothing where nobody waits for the call. */
  at(each: FunctionNode, call: CallInstruction, chain: readonly Step[] = []): readonly ExternalWait[] {
    const resolved = each.calls.get(call) ?? unresolved;
    const waited = call.use !== "dropped" && call.use !== "used";
    const direct = this.direct(each, call, resolved, waited ? "awaited" : "blocks");
    if (direct !== undefined) return [{ ...direct, chain }];
    if (!waited || resolved.driver.length > 0 || this.declared.pure.has(plainName(each, call))) return [];
    const step: Step = { place: { path: each.file.path, span: call.span }, words: `calls ${nameOf(each, call)}` };
    // One call is one thing to move out of the transaction, however much its function waits for: the slowest is told.
    const [worst] = resolved.targets
      .flatMap((target) => this.inside(target, chain.length))
      .sort((a, b) => slowest.indexOf(a.kind) - slowest.indexOf(b.kind));
    return worst === undefined ? [] : [{ ...worst, chain: [...chain, step, ...worst.chain] }];
  }

  /** What a function waits for on any path. */
  inside(target: FunctionNode, depth: number): readonly ExternalWait[] {
    if (depth >= maximumChain || target.facts.tags.includes("pure")) return [];
    const known = this.known.get(target);
    if (known !== undefined) return known;
    // Recursion adds nothing.
    this.known.set(target, []);
    const found = new Map<string, ExternalWait>();
    for (const call of target.calls.keys()) {
      for (const wait of this.at(target, call)) {
        const key = placeKey(wait.place);
        if (!found.has(key)) found.set(key, wait);
      }
      if (found.size >= maximumWaits) break;
    }
    const waits = [...found.values()];
    this.known.set(target, waits);
    return waits;
  }

  private direct(
    each: FunctionNode,
    call: CallInstruction,
    resolved: Resolved,
    how: "awaited" | "blocks",
  ): Omit<ExternalWait, "chain"> | undefined {
    const place = { path: each.file.path, span: call.span };
    const what = nameOf(each, call);
    for (const one of resolved.external) {
      const work = workOf(one);
      if (work !== undefined && (work.how === "blocks" || (work.how === how && call.style !== "new")))
        return { place, what, kind: work.kind };
    }
    if (how === "blocks") return undefined;
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
  const owner = each.file.facts.functions[variable.function];
  return owner !== undefined && owner.parameters.length >= 2 && owner.parameters.at(-1)?.variable === callee.variable;
}

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
