import type { CallInstruction, FunctionFacts, Instruction } from "../core/facts.ts";
import type { Aliases } from "./aliases.ts";
import { type FileNode, type FunctionNode, isPython } from "./program.ts";
import { roleOf } from "./roles.ts";
import { definition } from "./text.ts";
import type { Site } from "./values.ts";

/** Python's connections that commit each statement by themselves, so that none of them opens a transaction. */

/** Whether a handle, or what it was made from, was asked for in autocommit. */
export function isBornInAutocommit(site: Site): boolean {
  let at: Site | undefined = site;
  for (let depth = 0; at !== undefined && depth < 8; depth++) {
    const { call, function: owner } = at;
    if (call !== undefined && owner !== undefined && asksIn(owner, call)) return true;
    // `Session(engine.execution_options(isolation_level="AUTOCOMMIT"))`: a view of the engine stands in an argument.
    if (call !== undefined && owner !== undefined && viewsIn(owner, call)) return true;
    at = at.parent?.site;
  }
  return false;
}

/** What an instruction makes of the handle: `on` where each statement commits from here on. */
export function autocommitOf(each: FunctionNode, one: Instruction, aliases: Aliases): "on" | "off" | undefined {
  if (!isPython(each) || !switches(one)) return undefined;
  return aliases.has(each, switchedIn(one)) ? howOf(each, one) : undefined;
}

/**
 * The sessions that some function puts in autocommit and leaves there: whoever is handed one of them begins nothing by a statement. Engines are
 * not among them: what `execution_options` gives is another engine.
 */
export function sessionsInAutocommit(files: Iterable<FileNode>): ReadonlySet<Site> {
  const found = new Set<Site>();
  for (const file of files) {
    for (const each of file.functions) if (switchesAutocommit(each)) for (const site of leftOnIn(each)) found.add(site);
  }
  return found;
}

/** Whether a session, or what it was made from, is one of those. */
export function isAmong(sites: ReadonlySet<Site>, site: Site): boolean {
  let at: Site | undefined = site;
  for (let depth = 0; at !== undefined && depth < 8; depth++) {
    if (sites.has(at)) return true;
    at = at.parent?.site;
  }
  return false;
}

type Switch = Instruction & ({ readonly op: "set" } | CallInstruction);

const calls: ReadonlySet<string> = new Set([
  "execution_options",
  "set_session",
  "set_autocommit",
  "set_isolation_level",
]);

const switches = (one: Instruction): one is Switch =>
  one.op === "set"
    ? one.property === "autocommit"
    : one.op === "call" && one.receiver !== undefined && calls.has(one.property ?? "");

/** The register of the session. */
const switchedIn = (one: Switch): number => (one.op === "set" ? one.object : (one.receiver as number));

function howOf(each: FunctionNode, one: Switch): "on" | "off" | undefined {
  if (one.op === "set") {
    const value = constantIn(each, one.value);
    return value === true ? "on" : value === false ? "off" : undefined;
  }
  if (one.property === "set_isolation_level") return isAutocommitLevel(each, one) ? "on" : "off";
  return asksIn(each, one) || isTrueAlone(each, one) ? "on" : undefined;
}

const known = new WeakMap<FunctionFacts, boolean>();

/** Whether a function decides for a session how it commits. */
export function switchesAutocommit({ facts, file }: FunctionNode): boolean {
  if (file.facts.language !== "python") return false;
  let found = known.get(facts);
  if (found === undefined) {
    found = facts.blocks.some(({ instructions }) => instructions.some(switches));
    known.set(facts, found);
  }
  return found;
}

/** The sessions that a function puts in autocommit and does not take out of it again. */
function leftOnIn(each: FunctionNode): readonly Site[] {
  const all = each.facts.blocks.flatMap(({ instructions }) => instructions.filter(switches));
  const sites = (how: "on" | "off") =>
    all.filter((one) => howOf(each, one) === how).flatMap((one) => sessionsAt(each, switchedIn(one)));
  const off = new Set(sites("off"));
  return sites("on").filter((site) => !off.has(site));
}

const sessionsAt = (each: FunctionNode, register: number): readonly Site[] =>
  (each.registers[register] ?? []).flatMap((value) =>
    value.kind === "handle" && roleOf(value) === "session" ? [value.site] : [],
  );

const isTrueAlone = (each: FunctionNode, { property, arguments: all }: CallInstruction): boolean =>
  property === "set_autocommit" && all[0] !== undefined && constantIn(each, all[0].value) === true;

/** `psycopg2.extensions.ISOLATION_LEVEL_AUTOCOMMIT`, which is 0. */
function isAutocommitLevel(each: FunctionNode, { arguments: [level] }: CallInstruction): boolean {
  if (level === undefined) return false;
  if (constantIn(each, level.value) === 0) return true;
  const made = definition(each, level.value);
  const name =
    made?.op === "get"
      ? made.property
      : made?.op === "load"
        ? each.file.facts.variables[made.variable]?.name
        : undefined;
  return name === "ISOLATION_LEVEL_AUTOCOMMIT";
}

/** Keyword arguments, and dictionaries in them, that ask for autocommit. */
const asksIn = (each: FunctionNode, { arguments: all }: CallInstruction): boolean =>
  all.some(({ keyword, value }) => keyword !== undefined && asks(each, keyword, value, 0));

function asks(each: FunctionNode, key: string, register: number, depth: number): boolean {
  const value = constantIn(each, register);
  if (key === "autocommit") return value === true;
  if (key === "isolation_level") return value === "AUTOCOMMIT";
  if (depth > 2 || !carriers.has(key)) return false;
  return (each.registers[register] ?? []).some((one) => {
    const literal = one.kind === "object" ? definition(one.function, one.register) : undefined;
    if (one.kind !== "object" || literal?.op !== "object") return false;
    return literal.entries.some((entry) => asks(one.function, entry.key ?? "**", entry.value, depth + 1));
  });
}

/** Arguments that hand on others, a spread included. */
const carriers: ReadonlySet<string> = new Set(["**", "kwargs", "connect_args", "execution_options", "engine_options"]);

function viewsIn(each: FunctionNode, { arguments: all, receiver }: CallInstruction): boolean {
  return [...all.map(({ value }) => value), ...(receiver === undefined ? [] : [receiver])].some((register) => {
    const made = definition(each, register);
    return made?.op === "call" && made.property === "execution_options" && asksIn(each, made);
  });
}

function constantIn(each: FunctionNode, register: number): unknown {
  const made = definition(each, register);
  if (made?.op === "literal") return made.value;
  const values = each.registers[register] ?? [];
  return values.length === 1 && values[0]?.kind === "constant" ? values[0].value : undefined;
}
