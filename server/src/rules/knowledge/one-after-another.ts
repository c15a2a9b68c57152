import { indentAt, replace, type Source, styleOf } from "../../core/edit.ts";
import type { CallInstruction, FileFacts, FunctionFacts, Instruction } from "../../core/facts.ts";
import { functionOf } from "../../core/functions.ts";
import type { Model } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { contains, type Place, type Span, slice } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { statementAround } from "./statements.ts";

/** `await Promise.all(…)` as awaits one after another, where the statement is that alone and its elements can be taken apart. */
export function oneAfterAnother(
  model: Model,
  { place, call }: { readonly place: Place; readonly call: CallInstruction },
): readonly Edit[] | undefined {
  const source = sourceOf(model, place.path);
  const facts = model.facts(place.path);
  const statement = statementAround(facts, place.span);
  if (!/^Promise\s*\.\s*all$/.test(slice(source.text, call.calleeSpan)) || statement === undefined) return undefined;
  const owner = functionOf(facts, statement.function);
  const [argument] = call.arguments;
  if (owner?.async !== true || argument === undefined || call.arguments.length !== 1 || argument.spread)
    return undefined;
  const form = formOf(source.text, statement.span, place.span);
  if (form === undefined) return undefined;
  const scene: Scene = { source, facts, statement: statement.span, form };
  const given = definitionIn(owner, argument.value);
  if (given?.op === "array") return inTurn(scene, given.elements);
  return given?.op === "call" && given.property === "map" ? inLoop(scene, given) : undefined;
}

interface Scene {
  readonly source: Source;
  readonly facts: FileFacts;
  readonly statement: Span;
  readonly form: Form;
}

/** What the statement does with the results: nothing, keeps them in a variable, or in several. */
type Form =
  | { readonly kind: "nothing" }
  | { readonly kind: "variable"; readonly keyword: string; readonly name: string }
  | { readonly kind: "pattern"; readonly keyword: string; readonly names: readonly string[] };

function formOf(text: string, statement: Span, at: Span): Form | undefined {
  const before = text.slice(statement.start, at.start);
  if (!/^\s*;?\s*$/.test(text.slice(at.end, statement.end))) return undefined;
  if (/^await\s+$/.test(before)) return { kind: "nothing" };
  const variable = /^(const|let|var)\s+([\w$]+)\s*=\s*await\s+$/.exec(before);
  if (variable?.[1] !== undefined && variable[2] !== undefined)
    return { kind: "variable", keyword: variable[1], name: variable[2] };
  const pattern = /^(const|let|var)\s+\[([^[\]=]*)\]\s*=\s*await\s+$/.exec(before);
  if (pattern?.[1] === undefined || pattern[2] === undefined) return undefined;
  const names = pattern[2].split(",").map((name) => name.trim());
  if (names.at(-1) === "") names.pop();
  return names.every((name) => /^(?:[\w$]+|\{[^{}]*\})?$/.test(name))
    ? { kind: "pattern", keyword: pattern[1], names }
    : undefined;
}

/** Each element is awaited in its turn. */
function inTurn(
  { source, statement, form }: Scene,
  elements: readonly { readonly spread: boolean; readonly span: Span }[],
): Edit[] | undefined {
  if (form.kind === "variable" || elements.some(({ spread }) => spread) || elements.length === 0) return undefined;
  const { newline, semicolon } = styleOf(source.text);
  const indent = newline + indentAt(source.text, statement.start);
  const lines = elements.map(({ span: at }, index) => {
    const value = slice(source.text, at);
    const name = form.kind === "pattern" ? form.names[index] : undefined;
    const kept = name === undefined || name === "" ? "" : `${form.kind === "pattern" ? form.keyword : ""} ${name} = `;
    return `${kept}await ${value}${semicolon}`;
  });
  if (form.kind === "pattern" && form.names.length > elements.length) return undefined;
  return [replace(source, statement, lines.join(indent))];
}

/** `items.map((item) => save(item))` becomes a loop. */
function inLoop({ source, facts, statement, form }: Scene, map: CallInstruction): Edit[] | undefined {
  const [argument] = map.arguments;
  const callback =
    argument &&
    facts.functions.find(({ span: at }) => at.start === argument.span.start && at.end === argument.span.end);
  const [parameter, more] = callback?.parameters ?? [];
  if (
    callback?.kind !== "arrow" ||
    parameter === undefined ||
    more !== undefined ||
    parameter.optional ||
    form.kind === "pattern"
  )
    return undefined;
  const { text } = source;
  const { newline, semicolon, unit } = styleOf(text);
  const indent = newline + indentAt(text, statement.start);
  const items = slice(text, map.calleeSpan).replace(/\s*\??\.\s*map$/, "");
  if (items.includes("\n")) return undefined;
  const name = text.slice(parameter.span.start, parameter.span.end).replace(/:[^:]*$/, "");
  const head = `for (const ${name.trim()} of ${items}) {`;
  const body = slice(text, callback.bodySpan);
  const keeps = form.kind === "variable" ? form.name : undefined;
  if (!body.startsWith("{")) {
    const value = body.startsWith("(") && body.endsWith(")") ? body.slice(1, -1) : body;
    const awaited = /^await\b/.test(value) ? value : `await ${value}`;
    const line = keeps === undefined ? awaited : `${keeps}.push(${awaited})`;
    const loop = `${head}${indent}${unit}${line}${semicolon}${indent}}`;
    return [replace(source, statement, keeps === undefined ? loop : `const ${keeps} = []${semicolon}${indent}${loop}`)];
  }
  // A value that is returned in the middle has no place in a loop.
  const returns = facts.statements.some(
    (each) => each.kind === "return" && contains(callback.bodySpan, each.span) && each.function === callback.id,
  );
  if (returns || keeps !== undefined || !callback.async) return undefined;
  const inner = indentAt(text, callback.bodySpan.end - 1);
  const shifted = body.slice(1).replaceAll(`${newline}${inner}`, indent);
  return [replace(source, statement, `${head}${shifted}`)];
}

const definitionIn = ({ blocks }: FunctionFacts, register: number): Instruction | undefined =>
  blocks.flatMap(({ instructions }) => instructions).find((one) => "dst" in one && one.dst === register);
