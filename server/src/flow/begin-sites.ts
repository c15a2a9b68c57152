import type { CallInstruction } from "../core/facts.ts";
import type { Place } from "../core/text.ts";
import { readSql } from "../sql/index.ts";
import type { DriverCall } from "./calls.ts";
import { type FunctionNode, nodeOf } from "./program.ts";
import { definition, literalPlace, type Pieces, slotRegister } from "./text.ts";
import { firstHandle, type HandleValue } from "./values.ts";

/** Where the text of a statement is written. */
export function statementLiteral(each: FunctionNode, call: CallInstruction, one: DriverCall): Place | undefined {
  for (const effect of one.effects) {
    if (effect.does !== "runs" || effect.sql === undefined) continue;
    const register = slotRegister(call, effect.sql);
    const place = register === undefined ? undefined : literalPlace(each, register);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** A text that begins a transaction and does not end it. */
export function opens(pieces: Pieces): boolean {
  const commands = readSql(pieces);
  return (
    commands[0]?.does === "begin" &&
    !commands.some((command) => command.does === "commit" || command.does === "rollback")
  );
}

export const ownerOf = (each: FunctionNode, id: number): FunctionNode => nodeOf(each.file, id) as FunctionNode;

/** Where a call stands among the blocks: the first place, where `finally` was lowered more than once. */
export function locate(
  each: FunctionNode,
  call: CallInstruction,
): { readonly block: number; readonly after: number } | undefined {
  for (const [block, { instructions }] of each.facts.blocks.entries()) {
    const index = instructions.indexOf(call);
    if (index >= 0) return { block, after: index + 1 };
  }
  return undefined;
}

export const handleOf = (each: FunctionNode, variable: number): HandleValue | undefined =>
  firstHandle(each.file.variables[variable]?.list ?? []);

/** The text of the receiver where it is a plain name. */
export function receiverName(each: FunctionNode, call: CallInstruction): string | undefined {
  const source = call.receiver === undefined ? undefined : definition(each, call.receiver);
  return source?.op === "load" ? each.file.facts.variables[source.variable]?.name : undefined;
}
