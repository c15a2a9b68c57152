import type { CallInstruction, Instruction } from "../core/facts.ts";
import type { Pool, Tristate } from "../core/model.ts";
import { locate } from "./begin-sites.ts";
import { truthOf, truthsAt } from "./conditions.ts";
import { derived } from "./held.ts";
import { lends } from "./managers.ts";
import { callersOf, type FileNode, type FunctionNode, inOrder, isPython } from "./program.ts";
import { definition } from "./text.ts";
import type { ClassNode } from "./values.ts";

type Lifetime = Pool["lifetime"];

const once: Lifetime = { kind: "once" };
const unknown: Lifetime = { kind: "unknown" };
const maximumDepth = 5;

/**
 * How often a call runs: once for each process, or again and again. `per call` needs proof: a request handler's shape, or a chain of
 * callers that ends in one. Stored in a variable of the module, a field or `globalThis`, the pool is made once whoever calls.
 */
export function lifetimeOf(each: FunctionNode, call: CallInstruction, ended: Tristate): Lifetime {
  if (each.facts.kind === "module") return once;
  if (ended !== "no") return unknown;
  if (isKept(each, call)) return once;
  return runs(each, isReturned(each, call), 0, new Set());
}

/** A class of the workspace that is a pool, or opens one for itself, opens one with every `new`. */
export function constructedLifetime(
  node: ClassNode,
  opening: Opening,
  ended: Tristate,
  isApplication: (file: FileNode) => boolean,
): Lifetime {
  let verdict: Lifetime | undefined;
  for (const owner of [node, ...node.subclasses]) {
    const constructions = owner === node ? openingOnes(owner, opening) : [...owner.constructions];
    const abandoned = abandoning(owner, constructions, isApplication);
    if (abandoned !== undefined) return abandoned;
    for (const [call, each] of constructions) {
      const lifetime = lifetimeOf(each, call, ended);
      if (lifetime.kind === "per call")
        return { ...lifetime, made: { place: placeOf(each, call), what: written(owner), others: [] } };
      verdict = lifetime;
    }
  }
  return verdict ?? unknown;
}

/** The call that opens the pool, and the function that it stands in. */
interface Opening {
  readonly each: FunctionNode;
  readonly call: CallInstruction;
}

/** The constructions that get there: `new Database(options, { pool })` is handed what it would open. */
function openingOnes(owner: ClassNode, { each, call }: Opening): readonly (readonly [CallInstruction, FunctionNode])[] {
  const at = each.facts.kind === "constructor" ? locate(each, call) : undefined;
  const truths = at === undefined ? new Map<string, boolean>() : truthsAt(each, at.block);
  return [...owner.constructions].filter(
    ([made, maker]) =>
      !each.facts.parameters.some(({ variable }, index) => {
        const given = made.arguments[index];
        return (
          truths.get(`v${variable}`) === false &&
          given !== undefined &&
          !given.spread &&
          truthOf(maker, given.value, new Map()) === true
        );
      }),
  );
}

const placeOf = (each: FunctionNode, { span }: CallInstruction) => ({ path: each.file.path, span });

const written = ({ facts }: ClassNode): string => `new ${facts.name ?? "class"}()`;

/** Several functions that each make one for themselves: whichever of them runs, and however often, each time leaves a pool behind. */
function abandoning(
  owner: ClassNode,
  constructions: readonly (readonly [CallInstruction, FunctionNode])[],
  isApplication: (file: FileNode) => boolean,
): Lifetime | undefined {
  const found = constructions.filter(
    ([call, each]) =>
      isApplication(each.file) &&
      exportedName(each) !== undefined &&
      !ownProcess.test(each.facts.name ?? "") &&
      isAbandoned(each, call),
  );
  const makers = inOrder([...new Set(found.map(([, each]) => each))]);
  const [maker] = makers;
  if (maker === undefined || makers.length < 2) return undefined;
  const [first, ...others] = makers.flatMap((each) =>
    found.filter(([, one]) => one === each).map(([call]) => placeOf(each, call)),
  );
  if (first === undefined) return undefined;
  return {
    kind: "per call",
    why: `${makers.length} functions make one each, and keep nothing`,
    place: { path: maker.file.path, span: maker.facts.nameSpan ?? maker.facts.span },
    made: { place: first, what: written(owner), others },
  };
}

/** Functions of programs that end when they are done. */
const ownProcess =
  /^(main|run|start|boot|init|set_?up|tear_?down|up|down|seed|migrat|bin|cli|command|before|after|test|bench)/i;

const ending =
  /^(\$?disconnect|end|close|destroy|dispose|drain|shutdown|stop|quit|release|onModuleDestroy|onApplicationShutdown)/i;

/** Whether what a call makes is used in its function alone, and nothing there ends it. */
function isAbandoned(each: FunctionNode, call: CallInstruction): boolean {
  if (each.facts.kind === "module" || each.facts.kind === "initializer" || each.facts.kind === "constructor")
    return false;
  const held = derived(each, call);
  const variables = new Set<number>();
  for (const { instructions, end } of each.facts.blocks) {
    if (end.kind === "return" && end.value !== undefined && held.has(end.value)) return false;
    for (const one of instructions) {
      if (one.op === "store" && held.has(one.value)) variables.add(one.variable);
      else if (handsOn(each, one, held)) return false;
    }
  }
  const isOwn = [...variables].every((id) => each.file.facts.variables[id]?.function === each.facts.id);
  const others = each.file.functions.filter((other) => other !== each);
  return isOwn && !others.some((other) => loads(other, variables));
}

function handsOn(each: FunctionNode, one: Instruction, held: ReadonlySet<number>): boolean {
  switch (one.op) {
    case "set":
    case "setIndex":
    case "dispose":
      return held.has(one.value);
    case "yield":
      return one.value !== undefined && held.has(one.value);
    case "object":
      return one.entries.some(({ value }) => held.has(value));
    case "array":
      return one.elements.some(({ value }) => held.has(value));
    case "call": {
      if (one.arguments.some(({ value }) => held.has(value))) return true;
      if (one.receiver === undefined || !held.has(one.receiver)) return false;
      return ending.test(one.property ?? "") || (each.calls.get(one)?.targets.length ?? 0) > 0;
    }
    default:
      return false;
  }
}

const loads = ({ facts }: FunctionNode, variables: ReadonlySet<number>): boolean =>
  facts.blocks.some(({ instructions }) => instructions.some((one) => one.op === "load" && variables.has(one.variable)));

function runs(each: FunctionNode, returned: boolean, depth: number, seen: Set<FunctionNode>): Lifetime {
  // The body of a class of Python runs where the class is made.
  if (each.facts.kind === "initializer" && isPython(each) && each.facts.parent === 0) return once;
  if (each.facts.kind === "module" || each.facts.kind === "initializer" || each.facts.kind === "constructor") {
    return each.facts.kind === "module" ? once : unknown;
  }
  if (depth > maximumDepth || seen.has(each)) return unknown;
  seen.add(each);
  const handler = handlerShape(each);
  if (handler !== undefined)
    return {
      kind: "per call",
      why: handler,
      place: { path: each.file.path, span: each.facts.nameSpan ?? each.facts.span },
    };
  let verdict: Lifetime = unknown;
  for (const [call, caller] of callersOf(each)) {
    if (caller.facts.kind === "module" || (returned && isKept(caller, call))) {
      verdict = once;
      continue;
    }
    const above = runs(caller, returned && isReturned(caller, call), depth + 1, seen);
    if (above.kind === "per call") return above;
    if (above.kind === "once") verdict = once;
  }
  const offered =
    !returned && verdict.kind === "unknown" && each.callers.size === 0 && exportedName(each) !== undefined;
  if (!offered || startup.test(each.facts.name ?? "")) return verdict;
  return {
    kind: "per call",
    why: "every call of it makes one, and keeps nothing",
    place: { path: each.file.path, span: each.facts.nameSpan ?? each.facts.span },
  };
}

/** Functions that a process runs once, by their names. */
const startup =
  /^(main|run|start|boot|init|setup|set_?up|teardown|tear_?down|up|down|seed|migrat|connect|open|create|build|make|get|register|load|install|default$|bin|cli|command|before|after|check|ping|health|test|wait)/i;

/** Put where it outlives the function: a variable of an outer function or the module, a field, `globalThis`, a map. */
function isKept(each: FunctionNode, call: CallInstruction): boolean {
  const held = derived(each, call);
  return each.facts.blocks.some((block) =>
    block.instructions.some((one) => {
      switch (one.op) {
        case "store":
          return held.has(one.value) && each.file.facts.variables[one.variable]?.function !== each.facts.id;
        case "set":
        case "setIndex":
          return held.has(one.value);
        case "call":
          return one.property === "set" && one.arguments.some((argument) => held.has(argument.value));
        default:
          return false;
      }
    }),
  );
}

/** Put in a field of the object alone. */
export function isKeptByThis(each: FunctionNode, call: CallInstruction): boolean {
  const held = derived(each, call);
  const all = each.facts.blocks.flatMap(({ instructions }) => instructions);
  const isThis = (register: number): boolean => definition(each, register)?.op === "this";
  return (
    all.some((one) => one.op === "set" && held.has(one.value) && isThis(one.object)) &&
    !all.some(
      (one) =>
        (one.op === "store" &&
          held.has(one.value) &&
          each.file.facts.variables[one.variable]?.function !== each.facts.id) ||
        (one.op === "set" && held.has(one.value) && !isThis(one.object)),
    )
  );
}

/** Whether a function hands out what a call gives. */
export function isReturned(each: FunctionNode, call: CallInstruction): boolean {
  const held = derived(each, call);
  return each.facts.blocks.some(
    (block) => block.end.kind === "return" && block.end.value !== undefined && held.has(block.end.value),
  );
}

const routeMethods = new Set([
  "get",
  "post",
  "put",
  "patch",
  "delete",
  "del",
  "all",
  "use",
  "options",
  "head",
  "route",
]);
const verbs = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
const routeFile = /(^|\/)(app|src\/app)\/.*route\.[cm]?[jt]sx?$/;
const pagesApi = /(^|\/)pages\/api\//;

/** Why a function runs once for every request; undefined where nothing shows that it does. */
function handlerShape(each: FunctionNode): string | undefined {
  const parameters = each.facts.parameters.map(
    (parameter) => each.file.facts.variables[parameter.variable]?.name ?? "",
  );
  const [first = "", second = ""] = parameters;
  if (/^_?(req|request)$/.test(first) && /^_?(res|response|reply|h)$/.test(second))
    return "it takes a request and a response";
  if (isPython(each)) return pythonHandler(each, first);
  if (routed(each)) return "it is registered as a route handler";
  const name = exportedName(each);
  if (name !== undefined && verbs.has(name) && routeFile.test(each.file.path)) return `it handles ${name} requests`;
  if (name === "default" && pagesApi.test(each.file.path)) return "it is an API route";
  if ((name === "handler" || name === "lambdaHandler") && parameters.length >= 1 && /^_?(event|evt|e)$/.test(first))
    return "it is a function handler that runs for every event";
  return undefined;
}

/** Names of decorators that register what they stand on. */
const routeDecorators = new Set([...routeMethods, "websocket", "api_route", "before_request", "after_request", "view"]);
const taskDecorators = new Set(["task", "shared_task", "actor", "job", "periodic_task"]);

function pythonHandler(each: FunctionNode, first: string): string | undefined {
  for (const { name } of each.facts.decorators ?? []) {
    const last = name[name.length - 1] ?? "";
    if (name.length > 1 && routeDecorators.has(last)) return "it is registered as a route handler";
    if (taskDecorators.has(last)) return "it is a task that runs for every message";
  }
  const name = each.facts.name ?? "";
  // `Depends(get_db)`: FastAPI runs it for every request, and what follows the `yield` after it.
  if (lends(each.facts) && isDependency(each)) return "it is a dependency that runs for every request";
  if (/^(lambda_)?handler$/.test(name) && /^_?event$/.test(first))
    return "it is a function handler that runs for every event";
  if (first === "request" && /(^|\/)views(\/[^/]*)?\.py$|(^|\/)views\//.test(each.file.path)) return "it is a view";
  return undefined;
}

/** A generator without decorators that lends a session: such functions are handed to `Depends()`. */
const isDependency = ({ facts }: FunctionNode): boolean =>
  (facts.decorators ?? []).length === 0 &&
  facts.class === undefined &&
  /^(get|provide|yield)_|_(db|session|connection|conn)$/.test(facts.name ?? "");

/** `app.get("/path", handler)`: a closure handed to a method of an object that is not in sight. */
function routed(each: FunctionNode): boolean {
  for (const outer of each.file.functions) {
    for (const call of outer.calls.keys()) {
      if (call.property === undefined || !routeMethods.has(call.property)) continue;
      const path = call.arguments[0];
      const first = path === undefined ? undefined : definition(outer, path.value);
      if (first?.op !== "literal" || typeof first.value !== "string" || !first.value.startsWith("/")) continue;
      const handed = call.arguments
        .slice(1)
        .some((argument) =>
          (outer.registers[argument.value] ?? []).some((value) => value.kind === "closure" && value.function === each),
        );
      if (handed) return true;
    }
  }
  return false;
}

function exportedName(each: FunctionNode): string | undefined {
  for (const fact of each.file.facts.exports) {
    if (fact.kind !== "local") continue;
    const values = each.file.variables[fact.variable]?.list ?? [];
    if (values.some((value) => value.kind === "closure" && value.function === each)) return fact.name;
  }
  const { commonjs } = each.file.facts;
  return commonjs !== undefined && each.facts.name === "handler" ? "handler" : undefined;
}
