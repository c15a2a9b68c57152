import type { Driver, ExportDescriptor } from "../core/driver.ts";
import type { ClassFacts, FileFacts } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import { isOpener } from "./deeds.ts";
import type { Look } from "./language.ts";
import type { OwnWords, WordKind } from "./own-words.ts";
import type { PythonWords } from "./python-deeds.ts";
import { isOpen, lookAtPython, type PythonCall, type PythonFunction } from "./python-look.ts";

export interface PythonWrapperInput {
  readonly facts: FileFacts;
  readonly look: Look;
  readonly words: PythonWords;
  readonly own: OwnWords;
}

/**
 * Adds the functions of a file whose users matter to the words: they open a pool or hand on what they open, lend a session, call what they are given, or do
 * something with a value that only their callers know. A handle whose type is written down is known without them.
 */
export function addPythonWrappers(input: PythonWrapperInput): void {
  const { facts, own, look } = input;
  const { functions, holds } = lookAtPython(facts);
  const openers = openerNames(input);
  const gives = (call: PythonCall): boolean => isGiving(call, openers, own);
  for (const name of openers) own.add("result", name);
  for (const { imported, variable } of facts.imports) {
    const name = facts.variables[variable]?.name ?? imported;
    for (const kind of renamed) if (name !== imported && own.is(kind, imported)) own.add(kind, name);
  }
  for (const each of functions) {
    const { name, kind } = each.facts;
    if (each.facts.id === 0 || name === undefined || kind === "constructor" || kind === "initializer") continue;
    const isMember = kind === "method" || kind === "getter" || kind === "setter";
    if (each.returned.some(gives) || opens(each, input, openers)) own.add(isMember ? "member" : "giving", name);
    // What a test runs in a transaction of its own is no fault.
    if (each.callsBack && look.always) own.add(isMember ? "member" : "name", name);
    if (each.takes && !name.startsWith("test_")) own.add("taking", isMember ? `.${name}` : name);
  }
  for (const each of facts.classes) {
    const { name, heritage } = each;
    if (name === undefined) continue;
    own.add("base", name);
    const parents = heritage?.kind === "named" ? heritage.name : [];
    const isOpened = parents.some((one) => openers.has(one) || own.is("result", one));
    if (isOpened || each.members.some(({ name }) => entering.has(name) && own.is("member", name)))
      own.add("result", name);
    if (takes(each, facts)) own.add("taking", name);
  }
  for (const { name, call } of holds) if (gives(call)) own.add("result", name);
}

const renamed: readonly WordKind[] = ["name", "giving", "result", "base", "taking"];

const entering: ReadonlySet<string> = new Set(["__enter__", "__aenter__"]);

/** Whether a class is made with a value that only who makes it knows. The fields of a data class have their types elsewhere. */
function takes({ constructorFunction, members }: ClassFacts, facts: FileFacts): boolean {
  const { variables } = facts;
  const { parameters = [] } = functionOf(facts, constructorFunction) ?? {};
  return parameters.some(({ type, variable }) => {
    if (!isOpen(type)) return false;
    const field = members.find(({ kind, name }) => kind === "field" && name === variables[variable]?.name);
    return isOpen(field?.type);
  });
}

/** Whether what a call gives is open, or opens something when it is called. */
const isGiving = ({ name, isMember }: PythonCall, openers: ReadonlySet<string>, own: OwnWords): boolean =>
  openers.has(name) || own.is("result", name) || (!isMember && own.is("giving", name));

/** Whether a function takes a connection, or begins a transaction, that it does not end itself, or that it lends. */
function opens(
  { facts, calls }: PythonFunction,
  { words, own }: PythonWrapperInput,
  openers: ReadonlySet<string>,
): boolean {
  const isOpening = (call: PythonCall): boolean => words.opening.has(call.name) || isGiving(call, openers, own);
  if (facts.generator) return calls.some((call) => isOpening(call) || (call.managed && own.is("member", call.name)));
  const isClosing = calls.some(({ name }) => words.closing.has(name));
  return calls.some((call) => !call.managed && (openers.has(call.name) || (isOpening(call) && !isClosing)));
}

/** Names under which a file knows what opens a pool; of a module of the driver, those in it. */
function openerNames({ facts, look: { modules } }: PythonWrapperInput): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { specifier, imported, variable } of facts.imports) {
    for (const { driver, exports } of modules.get(specifier) ?? []) {
      const one = exports[imported];
      if (imported === "*") addOpeners(driver, exports, names);
      else if (one !== undefined && "namespace" in one) addOpeners(driver, one.namespace, names);
      else if (one !== undefined && isOpener(driver, one)) names.add(facts.variables[variable]?.name ?? imported);
    }
  }
  return names;
}

function addOpeners(driver: Driver, exports: Readonly<Record<string, ExportDescriptor>>, names: Set<string>): void {
  for (const [name, one] of Object.entries(exports)) {
    if ("namespace" in one) addOpeners(driver, one.namespace, names);
    else if (isOpener(driver, one)) names.add(name);
  }
}
