import { addArgument, replace } from "../../core/edit.ts";
import type { FileFacts, FunctionFacts } from "../../core/facts.ts";
import { functionOf } from "../../core/functions.ts";
import type { Model, OuterUse, Transaction } from "../../core/model.ts";
import type { Edit, Fix } from "../../core/rule.ts";
import { contains, slice, span } from "../../core/text.ts";
import { replacement } from "./into-transaction.ts";
import { sourceOf } from "./options.ts";

/**
 * Hands the transaction's handle to the function that is called, where one call leads to it: the function gets a last parameter, which is the
 * outer handle for its other callers.
 */
export function passHandle(model: Model, transaction: Transaction, use: OuterUse): readonly Fix[] {
  const { hop, handle } = use;
  if (hop?.parameter !== undefined) {
    const given = withArgument(model, use, hop.parameter);
    return given === undefined ? [] : [{ title: `Hand \`${hop.handle.name}\` on`, safety: "suggestion", edits: given }];
  }
  if (hop === undefined || handle === undefined) return [];
  const name = hop.handle.name;
  const helper = entered(model, use);
  if (helper === undefined || replacement(model, use, hop.handle)?.text !== name) return [];
  const source = sourceOf(model, use.place.path);
  const facts = model.facts(use.place.path);
  const root = slice(source.text, handle.span);
  if (facts.variables.some((variable) => variable.name === name && within(facts, variable.function, helper))) return [];
  // What is in a local variable was chosen from something that is not in sight here.
  if (facts.variables.some((variable) => variable.name === root && within(facts, variable.function, helper))) return [];
  const type = annotation(facts, use, root);
  const parameter = type === undefined ? undefined : withParameter(source.text, helper, `${name}${type} = ${root}`);
  const argument = withArgument(model, use, helper.parameters.length);
  if (parameter === undefined || argument === undefined || isValue(model, helper, [use.place.path, hop.path]))
    return [];
  // Everything in the function that goes past the transaction in the same way.
  const others = transaction.outer.filter(
    (other) =>
      other.place.path === use.place.path &&
      other.handle !== undefined &&
      contains(helper.span, other.place.span) &&
      slice(source.text, other.handle.span) === root &&
      replacement(model, other, hop.handle)?.text === name,
  );
  const renamed = new Map(others.map((other) => [other.handle?.span.start, other.handle]));
  const edits: Edit[] = [
    { path: source.path, span: parameter.at, newText: parameter.text },
    ...[...renamed.values()].flatMap((at) => (at === undefined ? [] : [replace(source, at.span, name)])),
    ...argument,
  ];
  return [{ title: `Hand \`${name}\` on to \`${helper.name}()\``, safety: "suggestion", edits }];
}

/** The function that the call enters: the one that the use stands in, or one around it, by its name. */
function entered(model: Model, { hop, place, function: id }: OuterUse): FunctionFacts | undefined {
  const facts = model.facts(place.path);
  const called =
    hop?.call.property ?? (hop === undefined ? undefined : slice(model.text(hop.path), hop.call.calleeSpan));
  for (let at = functionOf(facts, id), depth = 0; at !== undefined && depth < 6; depth++) {
    if (at.name !== undefined && at.name === called) return at;
    at = at.parent === undefined ? undefined : functionOf(facts, at.parent);
  }
  return undefined;
}

const within = (facts: FileFacts, id: number, helper: FunctionFacts): boolean => {
  const owner = functionOf(facts, id);
  return owner !== undefined && contains(helper.span, owner.span);
};

/** The parameter's type; undefined where it cannot be written without more imports. */
function annotation({ language }: FileFacts, { handle, driver }: OuterUse, root: string): string | undefined {
  if (language !== "typescript") return "";
  if (root.startsWith("this.")) return driver.name === "knex" || driver.name === "kysely" ? "" : undefined;
  if (handle?.member !== undefined) return `: Pick<typeof ${root}, "${handle.member}">`;
  return driver.name === "knex" || driver.name === "kysely" ? "" : undefined;
}

function withParameter(
  text: string,
  helper: FunctionFacts,
  parameter: string,
): { at: Edit["span"]; text: string } | undefined {
  const last = helper.parameters.at(-1);
  if (last?.rest === true) return undefined;
  const head = text.slice(helper.span.start, helper.bodySpan.start);
  if (last === undefined) {
    const empty = /\(\s*\)/.exec(head);
    if (empty === null) return undefined;
    const at = helper.span.start + empty.index;
    return { at: span(at, at + empty[0].length), text: `(${parameter})` };
  }
  const behind = text.slice(last.span.end, helper.bodySpan.start);
  if (!/^\s*,?\s*\)/.test(behind)) return undefined;
  return { at: span(last.span.end, last.span.end), text: `, ${parameter}` };
}

/** The call with the handle as the argument of that index. */
function withArgument(model: Model, { hop }: OuterUse, index: number): Edit[] | undefined {
  if (hop === undefined || hop.call.arguments.some(({ spread }) => spread)) return undefined;
  const missing = index - hop.call.arguments.length;
  if (missing < 0) return undefined;
  const given = [...Array<string>(missing).fill("undefined"), hop.handle.name].join(", ");
  return [addArgument(sourceOf(model, hop.path), hop.call.argumentsSpan, given)];
}

/** Whether the function is handed around as a value (`items.map(save)`): what it is called with there would land in the new parameter. */
const isValue = (model: Model, { name, nameSpan }: FunctionFacts, paths: readonly string[]): boolean =>
  paths.some((path) =>
    model
      .facts(path)
      .functions.some(({ blocks }) =>
        blocks.some(({ instructions }) =>
          instructions.some(
            (one) =>
              one.op === "call" &&
              one.arguments.some(
                ({ span: at }) =>
                  slice(model.text(path), at).replace(/^this\./, "") === name && at.start !== nameSpan?.start,
              ),
          ),
        ),
      ),
  );
