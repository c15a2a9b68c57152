import type { CarrierDescriptor, ExternalDescriptor } from "../core/external.ts";
import { nodeWork } from "./external/node.ts";
import { packageWork } from "./external/packages.ts";
import { pythonWork } from "./external/python.ts";

/** Work outside the database, by the libraries that people know. */
export const external: readonly ExternalDescriptor[] = [...nodeWork, ...packageWork, ...pythonWork];

/** Functions that wait for what they are handed. */
export const carriers: readonly CarrierDescriptor[] = [
  { modules: ["rxjs"], names: ["firstValueFrom", "lastValueFrom", "toPromise"], carries: "promise" },
  { modules: ["p-timeout"], names: ["default", "pTimeout"], carries: "promise" },
  {
    modules: ["p-retry", "async-retry", "promise-retry", "p-limit", "p-map", "p-all", "p-series", "p-throttle"],
    names: ["default"],
    carries: "callback",
  },
  { modules: ["p-queue"], names: ["add", "addAll"], carries: "callback" },
  { modules: ["bottleneck"], names: ["schedule", "wrap"], carries: "callback" },
  { modules: ["opossum"], names: ["fire"], carries: "callback" },
  { modules: ["exponential-backoff"], names: ["backOff"], carries: "callback" },
];

const globals = external.filter(({ modules }) => modules.length === 0);
/** The global names among them. */
export const globalWork: readonly string[] = globals.flatMap(({ waits, callbacks = [], blocks = [] }) => [
  ...(waits === "anything" ? [] : waits),
  ...callbacks,
  ...blocks,
]);
const byModule = new Map<string, ExternalDescriptor[]>();
const byPrefix: { readonly prefix: string; readonly descriptor: ExternalDescriptor }[] = [];
for (const descriptor of external) {
  for (const specifier of descriptor.modules) {
    if (specifier.endsWith("/*")) byPrefix.push({ prefix: specifier.slice(0, -1), descriptor });
    else byModule.set(specifier, [...(byModule.get(specifier) ?? []), descriptor]);
  }
}

/** What a module's exports do: none for a module that is not known, several where a module does several kinds of work. */
export function externalModules(specifier: string): readonly ExternalDescriptor[] {
  const name = specifier.startsWith("node:") ? specifier.slice("node:".length) : specifier;
  return (
    byModule.get(name) ?? byPrefix.filter(({ prefix }) => name.startsWith(prefix)).map(({ descriptor }) => descriptor)
  );
}

/** How a call does its work: until its promise settles, until it calls back, or before it returns. */
export interface ExternalWork {
  readonly kind: ExternalDescriptor["kind"];
  readonly how: "awaited" | "callback" | "blocks";
}

/**
 * The work of a callee. `path` leads from the module (or from the global names, without a module) to the callee: names, with `new` and
 * `()` for what a construction or a call yields. A construction is itself no work and should not be asked for.
 */
export function externalWork(module: string | undefined, path: readonly string[]): ExternalWork | undefined {
  const last = path.at(-1) ?? "default";
  const name = last === "()" || last === "new" ? "default" : last;
  const descriptors = module === undefined ? globals : externalModules(module);
  // `(await client.send(…)).rows.map(…)`: an array is at hand.
  if (path.length > 1 && ofValues.has(name)) return undefined;
  for (const { kind, waits, except, callbacks, blocks } of descriptors) {
    if (except?.includes(name)) continue;
    if (blocks?.includes(name)) return { kind, how: "blocks" };
    // `promisify(execFile)` waits; so does the module's own `promises`.
    if (callbacks?.includes(name)) return { kind, how: path.includes("promises") ? "awaited" : "callback" };
    if (waits === "anything" ? !entering.has(name) : waits.includes(name)) return { kind, how: "awaited" };
  }
  return undefined;
}

/** The step that stands for the answer which the work before it gave. */
export const answer = "=";

/** Whether a callee's path leads through an answer: `requests.get(url).json`, `response.json` of a `requests.Response`. */
export const isAnswer = (module: string, path: readonly string[]): boolean =>
  path.includes(answer) || externalModules(module).some(({ answers: given }) => given?.includes(path[0] ?? ""));

/**
 * Of Python, where a plain call may be work: whether a call of this does its work at once and gives an answer. Whatever is asked of that (`.json()`,
 * then `.get("id")`) is no work any more, unless it is awaited. A class (`smtplib.SMTP()`) gives an instance, whose work is yet to come.
 */
export function answers(module: string, path: readonly string[]): boolean {
  const last = path.at(-1) ?? "";
  return module.startsWith("python:") && !/^(?:[A-Z]|\()/.test(last) && externalWork(module, path) !== undefined;
}

/** Methods of what is an array or a text wherever it comes from. */
const ofValues = new Set(
  "map flatMap some every reduce concat slice splice includes indexOf reverse sort trim split toString".split(" "),
);

/** Of Python: `async with redis.pipeline()` sends nothing yet. */
const entering = new Set(["__enter__", "__aenter__"]);
