import type { Argument, CallInstruction, Constant } from "../../core/facts.ts";
import type { Model } from "../../core/model.ts";
import type { Place } from "../../core/text.ts";

/** A keyword argument of a call. */
export const keywordArgument = ({ arguments: all }: CallInstruction, name: string): Argument | undefined =>
  all.find(({ keyword }) => keyword === name);

/** The constant that an argument is written as; undefined for anything else. */
export function constantOf(
  model: Model,
  { path }: Place,
  function_: number,
  { value }: Argument,
): { readonly value: Constant } | undefined {
  for (const block of model.functionAt(path, function_).blocks)
    for (const one of block.instructions) if (one.op === "literal" && one.dst === value) return { value: one.value };
  return undefined;
}
