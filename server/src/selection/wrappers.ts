import type { FileFacts, FunctionFacts, FunctionId, VariableId } from "../core/facts.ts";
import { functionOf } from "../core/functions.ts";
import type { Deed, DeedWords } from "./deeds.ts";
import { type CallLook, type FunctionLook, lookAt } from "./function-look.ts";
import type { OwnWords } from "./own-words.ts";

export interface WrapperInput {
  readonly facts: FileFacts;
  readonly words: DeedWords;
  readonly own: OwnWords;
  /** Names under which this file knows what opens a pool. */
  readonly openers: ReadonlySet<string>;
}

/**
 * Adds the functions of a file whose users matter to the words: they run what they are given around a deed, do a deed with a handle that they
 * are given, begin or end what they leave to others, or open a pool. True where the file's default export is one of them.
 */
export function addWrappers(input: WrapperInput): boolean {
  const { facts, own } = input;
  const looks = facts.functions.map((each) => lookAt(each, facts.variables));
  const doings = looks.map((look) => doingsOf(look, input));
  const deeds = deedsByFunction(input, doings);
  const given = new Set(looks.flatMap((look) => look.given));
  const handing = handingOn(input, looks, doings, deeds);
  const wrappers = new Set<FunctionId>();
  for (const each of facts.functions) {
    const done = deeds[each.id];
    if (each.id === 0 || done === undefined) continue;
    const isWrapper = done.has("opener") || handing.has(each.id) || each.generator || !isBalanced(done);
    const named = isWrapper ? namedFor(each, facts, given) : undefined;
    if (named === undefined) continue;
    wrappers.add(named.id);
    addName(named, input);
  }
  for (const { name } of facts.types) own.add("interface", name);
  for (const { name, members, constructorFunction, heritage } of facts.classes) {
    if (name === undefined) continue;
    own.add("base", name);
    own.add("interface", name);
    // Making one opens a pool.
    if (heritage?.kind === "named" && heritage.name.some((one) => input.openers.has(one))) own.add("result", name);
    const hasDeeds = members.some(({ function: id }) => id !== undefined && deeds[id] !== undefined);
    if (!hasDeeds) continue;
    // A handle that only who makes it knows.
    const { parameters = [] } = functionOf(facts, constructorFunction) ?? {};
    if (parameters.some(({ type }) => type === undefined)) own.add("name", name);
  }
  addResults(facts, looks, own);
  addRenamed(facts, own);
  return isDefault(facts, wrappers);
}

type Done = Deed | "own" | "opener";

/** What one function does by itself, as far as the words are known. */
interface Doings {
  readonly own: OwnWords;
  readonly version: number;
  readonly done: ReadonlySet<Done>;
  /** Variables that it calls, hands to what calls them, does a deed with, or puts something into. */
  readonly handed: readonly { readonly variable: VariableId; readonly as: "called" | "handle" | "holder" }[];
}

const known = new WeakMap<FunctionLook, Doings>();

/** The same as long as no word is new. */
function doingsOf(look: FunctionLook, { words, own, openers }: WrapperInput): Doings {
  const before = known.get(look);
  if (before?.own === own && before.version === own.version) return before;
  const done = new Set<Done>();
  const handed: { variable: VariableId; as: "called" | "handle" | "holder" }[] = [];
  const note = (variable: VariableId | undefined, as: "called" | "handle" | "holder"): void => {
    if (variable !== undefined) handed.push({ variable, as });
  };
  for (const call of look.calls) {
    const { name, callee, receiver } = call;
    const deed = deedOf(call, words);
    const what = deed ?? (openers.has(name) ? "opener" : own.has(name) ? "own" : undefined);
    if (what !== undefined) done.add(what);
    note(callee, "called");
    if (name === "apply" || name === "call" || name === "bind") note(receiver, "called");
    if (deed !== undefined) note(receiver, "handle");
    const lends = words.get("lending")?.has(name);
    for (const [index, variable] of call.arguments.entries())
      if (lends || own.calls(name, index)) note(variable, "called");
  }
  for (const { into, call } of look.puts)
    if (call === undefined || words.get("opening")?.has(call) || own.has(call)) note(into, "holder");
  const found = { own, version: own.version, done, handed };
  known.set(look, found);
  return found;
}

/** What each function does, with those written in it; undefined for nothing. */
function deedsByFunction(
  { facts }: WrapperInput,
  doings: readonly Doings[],
): readonly (ReadonlySet<Done> | undefined)[] {
  const found: (Set<Done> | undefined)[] = [];
  for (const [place, { done }] of doings.entries()) {
    for (const one of done) {
      // Whoever a function is written in does what it does.
      for (let at = facts.functions[place]; at !== undefined; at = parentOf(at, facts)) {
        const before = found[at.id];
        if (before?.has(one)) break;
        if (before) before.add(one);
        else found[at.id] = new Set([one]);
      }
    }
  }
  return found;
}

const parentOf = (each: FunctionFacts, facts: FileFacts): FunctionFacts | undefined =>
  each.parent === undefined ? undefined : functionOf(facts, each.parent);

function deedOf({ name, sql }: CallLook, words: DeedWords): Deed | undefined {
  for (const deed of ["opening", "closing", "lending", "other"] as const) if (words.get(deed)?.has(name)) return deed;
  if (!words.get("sending")?.has(name) || sql === "rows") return undefined;
  return sql ?? "sending";
}

/** Whether what is opened is closed in the same place. */
const isBalanced = (done: ReadonlySet<Done>): boolean => done.has("opening") === done.has("closing");

/** Functions around deeds that call a parameter, hand it to what calls it, put something into it, or do a deed with it. */
function handingOn(
  { facts, words, own }: WrapperInput,
  looks: readonly FunctionLook[],
  doings: readonly Doings[],
  deeds: readonly (ReadonlySet<Done> | undefined)[],
): ReadonlySet<FunctionId> {
  const owners = new Map<VariableId, FunctionFacts>();
  for (const [place, { parameters }] of looks.entries()) {
    const each = facts.functions[place] as FunctionFacts;
    if (deeds[each.id] !== undefined) for (const variable of parameters.keys()) owners.set(variable, each);
  }
  const found = new Set<FunctionId>();
  for (const { handed } of doings) {
    for (const { variable, as } of handed) {
      const owner = owners.get(variable);
      if (owner === undefined || (as === "handle" && isTyped(variable, owner))) continue;
      const { id, name } = owner;
      found.add(id);
      const index = looks[facts.functions.indexOf(owner)]?.parameters.get(variable);
      if (as === "called" && name !== undefined && index !== undefined && !isKnown(name, words))
        own.addCalling(name, index);
    }
  }
  return found;
}

/** A parameter whose type tells what it is. */
const isTyped = (variable: VariableId, { parameters }: FunctionFacts): boolean =>
  parameters.some((one) => one.variable === variable && one.type !== undefined) ?? false;

/** A function without a name belongs to the one that makes it; what is an argument runs when the one that it is given to says so. */
function namedFor(each: FunctionFacts, facts: FileFacts, given: ReadonlySet<FunctionId>): FunctionFacts | undefined {
  for (let at: FunctionFacts | undefined = each; at !== undefined; at = parentOf(at, facts)) {
    if (given.has(at.id)) return undefined;
    if (at.name !== undefined || at.class !== undefined || at.parent === 0) return at;
  }
  return undefined;
}

function addName(each: FunctionFacts, { facts, own, words }: WrapperInput): void {
  const name = each.name ?? (each.class === undefined ? undefined : facts.classes[each.class]?.name);
  // Who uses a name that is a library's as well is looked at anyway.
  if (name === undefined || name.length < 2 || isKnown(name, words)) return;
  const isMember = each.kind === "method" || each.kind === "getter" || each.kind === "setter";
  own.add(isMember ? "member" : "name", name);
}

const isKnown = (name: string, words: DeedWords): boolean => [...words.values()].some((known) => known.has(name));

/** `export const inTransaction = makeTransaction(pool)`. */
function addResults(facts: FileFacts, looks: readonly FunctionLook[], own: OwnWords): void {
  for (const { holds } of looks)
    for (const { variable, member, call } of holds) {
      if (!own.has(call)) continue;
      const { name, function: owner } = (variable === undefined ? undefined : facts.variables[variable]) ?? {};
      if (name !== undefined && name.length > 1 && owner === 0) own.add("result", name);
      if (member !== undefined) own.add("result", member);
    }
}

/** `export { withTransaction as inTransaction } from`. */
function addRenamed(facts: FileFacts, own: OwnWords): void {
  for (const one of facts.exports) {
    if (one.kind === "all" || one.name === "default") continue;
    const before = one.kind === "from" ? one.imported : (facts.variables[one.variable]?.name ?? "");
    if (before === one.name) continue;
    for (const kind of ["name", "result", "base"] as const) if (own.is(kind, before)) own.add(kind, one.name);
  }
}

/** Whether what others get without a name is one of these functions. */
function isDefault(facts: FileFacts, wrappers: ReadonlySet<FunctionId>): boolean {
  const variables = new Set<VariableId>(facts.commonjs === undefined ? [] : [facts.commonjs]);
  for (const one of facts.exports) if (one.kind === "local" && one.name === "default") variables.add(one.variable);
  if (variables.size === 0) return false;
  const names = new Set([...variables].map((variable) => facts.variables[variable]?.name));
  return [...wrappers].some((id) => {
    const each = functionOf(facts, id);
    const name = each?.name ?? (each?.class === undefined ? undefined : facts.classes[each.class]?.name);
    return name === undefined ? each?.parent === 0 : names.has(name);
  });
}
