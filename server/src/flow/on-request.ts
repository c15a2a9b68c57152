import type { CallInstruction, Instruction } from "../core/facts.ts";
import type { Step, Transaction } from "../core/model.ts";
import { locate } from "./begin-sites.ts";
import { findMember } from "./calls.ts";
import type { FurtherLeaks } from "./further-leaks.ts";
import { maximumLeaks } from "./merge-transactions.ts";
import { type FileNode, type FunctionNode, nodeOf } from "./program.ts";
import { definition } from "./text.ts";
import { firstHandle, type HandleValue } from "./values.ts";

/** A transaction that a middleware begins and puts on the request, for the ones after it. */
interface Kept {
  readonly each: FunctionNode;
  readonly call: CallInstruction;
  readonly handle: HandleValue;
  /** `req`, `ctx`, `res.locals`. */
  readonly bag: string;
  readonly property: string;
}

/**
 * Middlewares share a transaction by way of the request: one begins, another commits. A path of one of them that answers the request, and neither
 * goes on to the next nor ends the transaction, leaves it open: nobody comes after it.
 */
export function leaksOnRequests(
  files: ReadonlyMap<string, FileNode>,
  transactions: readonly Transaction[],
  leaks: FurtherLeaks,
): void {
  const kept: Kept[] = [];
  for (const one of transactions) {
    const each = one.form === "unmanaged" ? nodeOf(files.get(one.place.path), one.function) : undefined;
    if (each !== undefined) kept.push(...keptBy(each, one.call));
  }
  if (kept.length === 0) return;
  const byCall = new Map(transactions.map((one) => [one.call, one]));
  const middlewares = [...files.values()].flatMap((file) => file.functions.filter(answers));
  for (const one of kept) {
    const users = middlewares.filter((each) => each === one.each || uses(each, one));
    // Whoever listens for the end of the response, or handles all errors, may end it for everybody.
    if (!users.some((each) => endsIt(each, one)) || users.some((each) => isWatched(each))) continue;
    const transaction = byCall.get(one.call);
    for (const each of users) {
      const steps = wayOut(each, one);
      if (steps === undefined || transaction === undefined || transaction.leaks.length >= maximumLeaks) continue;
      leaks.add(transaction, { steps });
    }
  }
}

function* keptBy(each: FunctionNode, begin: CallInstruction): Generator<Kept> {
  for (const { instructions } of each.facts.blocks) {
    for (const one of instructions) {
      if (one.op !== "set") continue;
      const bag = bagOf(each, one.object);
      const call = bag === undefined ? undefined : callBehind(each, one.value);
      if (bag === undefined || call !== begin) continue;
      const handle = firstHandle(each.registers[call.dst] ?? []);
      if (handle !== undefined && handle.site.call === call) yield { each, call, handle, bag, property: one.property };
    }
  }
}

function callBehind(each: FunctionNode, register: number): CallInstruction | undefined {
  const source = definition(each, register);
  if (source?.op === "await") return callBehind(each, source.value);
  return source?.op === "call" ? source : undefined;
}

const requests = /^_?(?:req|request|ctx|context|c)$/;
const responses = /^_?(?:res|response|reply)$/;

/** The name of the parameter, of this function, that a register holds. */
function parameterName(each: FunctionNode, register: number): string | undefined {
  const source = definition(each, register);
  if (source?.op !== "load" || !each.facts.parameters.some(({ variable }) => variable === source.variable))
    return undefined;
  return each.file.facts.variables[source.variable]?.name;
}

/** What outlives a middleware: the request, Koa's context, `res.locals`. */
function bagOf(each: FunctionNode, register: number): string | undefined {
  const name = parameterName(each, register);
  if (name !== undefined && requests.test(name)) return name;
  const source = definition(each, register);
  if (source?.op !== "get" || (source.property !== "locals" && source.property !== "state")) return undefined;
  const owner = parameterName(each, source.object);
  return owner === undefined ? undefined : `${owner}.${source.property}`;
}

const isRead = (each: FunctionNode, one: Instruction, { bag, property }: Kept): boolean =>
  one.op === "get" && one.property === property && bagOf(each, one.object) === bag;

const instructionsOf = ({ facts }: FunctionNode): readonly Instruction[] =>
  facts.blocks.flatMap(({ instructions }) => instructions);

const uses = (each: FunctionNode, kept: Kept): boolean => instructionsOf(each).some((one) => isRead(each, one, kept));

/** Whether a register is, or was taken from, what a test finds. */
function isFrom(each: FunctionNode, register: number, test: (register: number) => boolean): boolean {
  let at: number | undefined = register;
  for (let depth = 0; at !== undefined && depth < 12; depth++) {
    if (test(at)) return true;
    const source = definition(each, at);
    at = source?.op === "get" ? source.object : source?.op === "call" ? (source.receiver ?? source.callee) : undefined;
  }
  return false;
}

/** `res.status(500).json(…)`. */
const isAnswer = (each: FunctionNode, one: Instruction): one is CallInstruction =>
  one.op === "call" &&
  answering.has(one.property ?? "") &&
  one.receiver !== undefined &&
  isFrom(each, one.receiver, (register) => responses.test(parameterName(each, register) ?? ""));

const answering = new Set(["json", "send", "sendStatus", "end", "redirect", "render", "sendFile"]);

const answers = (each: FunctionNode): boolean => instructionsOf(each).some((one) => isAnswer(each, one));

/** `res.on("finish", …)`, or an error handler with its four parameters. */
const isWatched = (each: FunctionNode): boolean =>
  each.facts.parameters.length > 3 ||
  instructionsOf(each).some(
    (one) => one.op === "call" && (one.property === "on" || one.property === "once") && one.receiver !== undefined,
  );

/** `req.transaction.rollback()`. */
function isEnd(each: FunctionNode, one: Instruction, kept: Kept): boolean {
  if (one.op !== "call" || one.property === undefined || one.receiver === undefined) return false;
  const receiver = definition(each, one.receiver);
  if (receiver === undefined || !isRead(each, receiver, kept)) return false;
  const { driver, type } = kept.handle;
  const found = findMember(driver, type, one.property);
  return [found?.member ?? []]
    .flat()
    .some(({ effects }) => effects?.some(({ does }) => does === "commits" || does === "rolls back") === true);
}

/** Whether a function, or one that is written in it, ends the transaction. */
const endsIt = (each: FunctionNode, kept: Kept): boolean =>
  instructionsOf(each).some((one) => isEnd(each, one, kept)) ||
  each.file.functions.some(
    (inner) =>
      inner.facts.parent === each.facts.id &&
      instructionsOf(inner).some((one) => one.op === "get" && one.property === kept.property),
  );

/** Whoever has the request, or what comes next, may end the transaction. */
function handsOn(each: FunctionNode, one: Instruction, kept: Kept): boolean {
  if (one.op === "closure") {
    const inner = nodeOf(each.file, one.function);
    return (
      inner !== undefined &&
      instructionsOf(inner).some((other) => other.op === "load" && isShared(each, other.variable))
    );
  }
  if (one.op !== "call") return false;
  const name = parameterName(each, one.callee);
  if (name !== undefined && !responses.test(name) && !requests.test(name)) return true;
  return one.arguments.some(({ value }) => {
    const given = parameterName(each, value);
    const source = definition(each, value);
    return (
      given !== undefined || bagOf(each, value) !== undefined || (source !== undefined && isRead(each, source, kept))
    );
  });
}

const isShared = (each: FunctionNode, variable: number): boolean =>
  each.facts.parameters.some((parameter) => parameter.variable === variable);

interface Way {
  readonly block: number;
  readonly from: number;
  readonly answer?: CallInstruction;
}

/** A way through a middleware that answers, and goes no further. */
function wayOut(each: FunctionNode, kept: Kept): readonly Step[] | undefined {
  const start = each === kept.each ? locate(each, kept.call) : { block: 0, after: 0 };
  if (start === undefined || decidesTwice(each, kept)) return undefined;
  const seen = new Set<string>();
  const line: Way[] = [{ block: start.block, from: start.after }];
  const reach = (block: number, answer: CallInstruction | undefined): void => {
    const key = `${block} ${answer?.dst ?? ""}`;
    if (seen.has(key)) return;
    seen.add(key);
    line.push({ block, from: 0, ...(answer === undefined ? {} : { answer }) });
  };
  for (const { block: id, from, answer: before } of line) {
    const block = each.facts.blocks[id];
    if (block === undefined) continue;
    let answer = before;
    let isOver = false;
    for (const one of block.instructions.slice(from)) {
      if (isEnd(each, one, kept) || handsOn(each, one, kept)) {
        isOver = true;
        break;
      }
      if (block.handler !== undefined && one.op === "await") reach(block.handler, answer);
      if (isAnswer(each, one)) answer = one;
    }
    if (isOver) continue;
    const { end } = block;
    if (end.kind === "goto") reach(end.to, answer);
    else if (end.kind === "choice") for (const to of end.to) reach(to, answer);
    else if (end.kind === "branch") for (const to of [end.then, end.else]) reach(to, answer);
    else if (end.kind === "throw" && block.handler !== undefined) reach(block.handler, answer);
    else if (end.kind === "return" && answer !== undefined) {
      const place = { path: each.file.path, span: answer.span };
      return [{ place, words: "answers here, and nothing comes after it" }];
    }
  }
  return undefined;
}

/** Two tests of one thing exclude ways that look possible, and so does a test of the transaction itself. */
function decidesTwice(each: FunctionNode, kept: Kept): boolean {
  const tested = each.facts.blocks.flatMap(({ end }) => {
    const test = end.kind === "branch" ? definition(each, end.test) : undefined;
    return test === undefined ? [] : [test];
  });
  const names = tested.flatMap((test) => (test.op === "load" ? [test.variable] : []));
  return new Set(names).size < names.length || tested.some((test) => isRead(each, test, kept));
}
