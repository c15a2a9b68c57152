import { insert, insertLast, removeStatement, styleOf, wrapStatements } from "../../core/edit.ts";
import type { Checkout, Model } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { contains, slice, span } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { callsOn, following, isBraceless, statementAround, triesAround } from "./statements.ts";
import { release, releaseNames } from "./transactions.ts";

/** Edits that release the client in a `finally`: of the try that surrounds its use, or of a new one. */
export function releaseInFinally(model: Model, checkout: Checkout): readonly Edit[] | undefined {
  const { path } = checkout.place;
  const source = sourceOf(model, path);
  const facts = model.facts(path);
  const statement = statementAround(facts, checkout.place.span);
  const call = release(checkout);
  const handle = checkout.handle;
  if (!call || handle === undefined || statement?.kind !== "variable" || statement.function !== checkout.function)
    return undefined;

  const rest = following(facts, statement);
  const scope = rest.at(-1);
  if (!rest[0] || !scope || rest.some((each) => /^export\b/.test(slice(source.text, each.span)))) return undefined;
  const run = span(rest[0].span.start, scope.span.end);
  const { newline, unit, semicolon } = styleOf(source.text);
  const code = call + semicolon;

  const names = releaseNames(checkout.driver);
  const removed: Edit[] = [];
  for (const each of callsOn(facts, source.text, handle, run).filter(({ property }) => names.has(property!))) {
    const around = statementAround(facts, each.span);
    const alone =
      around?.kind === "expression" && /^(?:await\s+)?$/.test(source.text.slice(around.span.start, each.span.start));
    if (!alone || isBraceless(source.text, around.span)) return undefined;
    removed.push(removeStatement(source, around.span));
  }

  // A try that is all there is after the checkout takes the finally; its own try inside another function does not count.
  const only = rest.length === 1 && rest[0].kind === "try" ? rest[0] : undefined;
  if (only?.finally) return [...removed, insertLast(source, only.finally, code)];
  if (only) {
    const indent = newline + /[ \t]*$/.exec(source.text.slice(0, only.span.start))![0];
    return [...removed, insert(source, only.span.end, ` finally {${indent}${unit}${code}${indent}}`)];
  }
  const inCatchOnly = triesAround(facts, checkout.place.span, checkout.function).some(
    (each) => each.catch && !contains(each.body!, run),
  );
  if (inCatchOnly) return undefined;
  const edits = wrapStatements(source, facts, run, "try {", `} finally {\n${unit}${code}\n}`);
  const isRemoved = (edit: Edit) =>
    removed.some((removal) => removal.span.start <= edit.span.start && edit.span.end < removal.span.end);
  return [...edits.filter((edit) => !isRemoved(edit)), ...removed];
}
