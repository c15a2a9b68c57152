import { indentAt, insert, replace, styleOf } from "../../core/edit.ts";
import { functionOf } from "../../core/functions.ts";
import type { FloatingUse, Model } from "../../core/model.ts";
import type { Fix } from "../../core/rule.ts";
import { contains, slice } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { statementAround } from "./statements.ts";

/** Awaits what nobody awaits, where the function can. */
export function awaitIt(model: Model, use: FloatingUse): readonly Fix[] {
  const { place } = use;
  const source = sourceOf(model, place.path);
  const facts = model.facts(place.path);
  const statement = statementAround(facts, place.span, "expression");
  if (statement?.span.start !== place.span.start || functionOf(facts, statement.function)?.async !== true) return [];
  if (use.how === "forEach") return loop(model, use);
  const edits = [insert(source, place.span.start, "await ")];
  if (use.lazy === "execute") {
    edits.push(insert(source, place.span.end, ".execute()"));
    return [{ title: "Execute it, and add `await`", safety: "suggestion", edits }];
  }
  // What was never sent is sent then.
  const safety = use.lazy === undefined ? "safe" : "suggestion";
  return [{ title: "Add `await`", safety, edits }];
}

/** `items.forEach(async (item) => { … })` as a loop that waits. */
function loop(model: Model, { place, call }: FloatingUse): readonly Fix[] {
  const source = sourceOf(model, place.path);
  const facts = model.facts(place.path);
  const { text } = source;
  const statement = statementAround(facts, place.span, "expression");
  const [argument, other] = call.arguments;
  const callback = facts.functions.find(
    ({ span: at }) => at.start === argument?.span.start && at.end === argument.span.end,
  );
  const [parameter, more] = callback?.parameters ?? [];
  if (
    statement === undefined ||
    other !== undefined ||
    callback?.kind !== "arrow" ||
    parameter === undefined ||
    more !== undefined
  )
    return [];
  const items = slice(text, call.calleeSpan).replace(/\s*\.\s*(?:forEach|map)$/, "");
  // `items?.forEach(…)` does nothing where there is no list.
  if (items.includes("\n") || items.endsWith("?") || parameter.optional) return [];
  const returns = facts.statements.some(
    (each) => each.kind === "return" && each.function === callback.id && contains(callback.bodySpan, each.span),
  );
  if (returns) return [];
  const { newline, unit, semicolon } = styleOf(text);
  const indent = newline + indentAt(text, statement.span.start);
  const name = slice(text, parameter.span)
    .replace(/:[^:]*$/, "")
    .trim();
  const head = `for (const ${name} of ${items}) {`;
  const body = slice(text, callback.bodySpan);
  const code = body.startsWith("{")
    ? `${head}${body.slice(1).replaceAll(`${newline}${indentAt(text, callback.bodySpan.end - 1)}`, indent)}`
    : `${head}${indent}${unit}${/^await\b/.test(body) ? body : `await ${body}`}${semicolon}${indent}}`;
  return [
    { title: "Turn it into a loop that waits", safety: "suggestion", edits: [replace(source, statement.span, code)] },
  ];
}
