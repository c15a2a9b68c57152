import type { CallInstruction, VariableId } from "../core/facts.ts";
import type { Aliases } from "./aliases.ts";
import { type Bindings, boundText, tellsDeed } from "./bound-text.ts";
import { truthOf } from "./conditions.ts";
import { entryTruths, type State } from "./path-state.ts";
import type { FunctionNode } from "./program.ts";
import { definition, type Pieces, slotTexts, texts } from "./text.ts";

/** What a call gives the function that it enters, as far as paths hang on it. */
export interface Given {
  /** Texts of statements in parameters. */
  readonly bindings: Bindings;
  /** Parameters that are certainly there, or certainly not. */
  readonly truths: ReadonlyMap<string, boolean>;
}

/** `by`: a call of the function itself, or one by a collection or a promise. `outer`: the texts that the caller was given itself. */
export function givenTo(
  target: FunctionNode,
  { each, call, by }: { readonly each: FunctionNode; readonly call: CallInstruction; readonly by: "call" | "language" },
  aliases: Aliases,
  state: State,
  outer: Bindings,
): Given {
  const bindings = new Map<VariableId, readonly Pieces[]>();
  const truths = new Map(entryTruths(each, target, state, aliases.variables));
  if (by === "language" || call.arguments.some(({ spread }) => spread)) return { bindings, truths };
  for (const [index, { variable, rest, optional }] of target.facts.parameters.entries()) {
    if (rest) continue;
    const argument = call.arguments[index];
    const truth = argument === undefined ? false : truthOf(each, argument.value, state.truths);
    const isTold = argument === undefined ? optional : truth !== undefined;
    if (isTold && !aliases.variables.has(variable)) truths.set(`v${variable}`, truth === true);
    const text = argument === undefined ? undefined : textGiven(each, argument.value, outer);
    if (text !== undefined) bindings.set(variable, text);
  }
  return { bindings, truths };
}

/** The text that the caller gave, in a register of the function that it entered or is about to enter. */
function textGiven(each: FunctionNode, register: number, bindings: Bindings): readonly Pieces[] | undefined {
  const source = definition(each, register);
  const bound = source?.op === "load" ? bindings.get(source.variable) : undefined;
  if (bound !== undefined) return bound;
  const known = texts(each.registers[register] ?? []);
  return known.length > 0 && known.every(tellsDeed) ? known : undefined;
}

/** The texts in a slot of a call, where the function was given some of them. */
export function slotTextsGiven(
  each: FunctionNode,
  call: CallInstruction,
  slot: Parameters<typeof slotTexts>[2],
  bindings: Bindings,
): ReturnType<typeof slotTexts> {
  if (bindings.size > 0 && typeof slot !== "string" && !("property" in slot) && typeof slot.argument === "number") {
    const argument = call.arguments[slot.argument];
    const bound = argument === undefined ? undefined : boundText(each, argument.value, bindings);
    if (bound !== undefined) return bound;
  }
  return slotTexts(each, call, slot);
}
