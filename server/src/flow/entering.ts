import type { CallInstruction, VariableId } from "../core/facts.ts";
import { Aliases } from "./aliases.ts";
import type { FunctionNode } from "./program.ts";

/** Which names of a function mean the handle, once a call has entered it. */
export function aliasesIn(
  each: FunctionNode,
  call: CallInstruction,
  target: FunctionNode,
  given: readonly number[],
  aliases: Aliases,
  builtin: boolean,
): Aliases {
  // A closure of the same file keeps the variables that it captures.
  if (target.file === each.file && aliases.touches(target)) return aliases;
  const made = aliases.madeBy(target);
  if (made !== undefined) return made;
  const variables: VariableId[] = [];
  const containers: VariableId[] = [];
  target.facts.parameters.forEach((parameter, index) => {
    const argument = builtin ? undefined : call.arguments[index];
    if (argument === undefined || argument.spread || parameter.rest || !given.includes(index)) return;
    if (aliases.has(each, argument.value)) variables.push(parameter.variable);
    else containers.push(parameter.variable);
  });
  const receiver = !builtin && call.receiver !== undefined && aliases.contains(each, call.receiver);
  return new Aliases(aliases.site, target, {
    variables,
    containers,
    made: aliases,
    ...(receiver ? { receiver } : {}),
  });
}
