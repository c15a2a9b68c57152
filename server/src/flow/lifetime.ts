import type { CallInstruction } from "../core/facts.ts";
import type { Pool, Tristate } from "../core/model.ts";
import { derived } from "./held.ts";
import { type FunctionNode, isPython } from "./program.ts";
import { definition } from "./text.ts";

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
  for (const [call, caller] of each.callers) {
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
  if (/^(lambda_)?handler$/.test(name) && /^_?event$/.test(first))
    return "it is a function handler that runs for every event";
  if (first === "request" && /(^|\/)views(\/[^/]*)?\.py$|(^|\/)views\//.test(each.file.path)) return "it is a view";
  return undefined;
}

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
