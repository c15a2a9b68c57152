import type { Driver, TypeName } from "../../core/driver.ts";
import { addArgument, insertProperties, replace } from "../../core/edit.ts";
import type { HandleInScope, Model, OuterUse, Transaction } from "../../core/model.ts";
import type { Edit, Fix } from "../../core/rule.ts";
import { contains, slice } from "../../core/text.ts";
import { sourceOf } from "./options.ts";
import { passHandle } from "./pass-handle.ts";
import { callsIn } from "./statements.ts";

/** Sends a statement through the transaction's own handle, or hands it the transaction. */
export function intoTransaction(model: Model, transaction: Transaction, use: OuterUse): readonly Fix[] {
  // What it opens or takes is not said by another handle's name, and side by side with others it would be no better.
  if (use.does !== "statement" || isConcurrent(model, use)) return [];
  if (use.instead === undefined) return passHandle(model, transaction, use);
  const { instead } = use;
  const safety = instead.certain ? "safe" : "suggestion";
  const option = optionOf(use);
  if (option !== undefined) {
    const edits = withOption(model, use, option, instead.name);
    return edits === undefined ? [] : [{ title: `Add \`{ ${entry(option.property, instead.name)} }\``, safety, edits }];
  }
  const name = replacement(model, use, instead);
  if (name === undefined || use.handle === undefined) return [];
  return [
    {
      title: `Use \`${instead.name}\``,
      safety: name.wrapped ? "suggestion" : safety,
      edits: [replace(sourceOf(model, use.place.path), use.handle.span, name.text)],
    },
  ];
}

/** What is written in place of the outer handle, where the transaction's handle can do the same. */
export function replacement(
  model: Model,
  { handle, driver, place }: OuterUse,
  instead: HandleInScope,
): { readonly text: string; readonly wrapped: boolean } | undefined {
  if (handle?.type === undefined && handle?.member !== undefined) return undefined;
  if (handle === undefined || instead.driver.name !== driver.name) return undefined;
  const { types } = instead.driver;
  if (handle.type !== undefined && types[handle.type]?.role === "query") {
    // A repository is another class's: the manager makes one like it that runs inside.
    const manager = [instead.name, `${instead.name}.manager`].find((_, index) =>
      hasMember(instead.driver, index === 0 ? instead.type : "EntityManager", "withRepository"),
    );
    if (driver.name !== "typeorm" || manager === undefined) return undefined;
    return { text: `${manager}.withRepository(${slice(model.text(place.path), handle.span)})`, wrapped: true };
  }
  const { member } = handle;
  const isRunner = instead.type === "QueryRunner" && driver.name === "typeorm";
  if (isRunner && member !== "query") {
    return hasMember(instead.driver, "EntityManager", member ?? "")
      ? { text: `${instead.name}.manager`, wrapped: false }
      : undefined;
  }
  return member === undefined || hasMember(instead.driver, instead.type, member)
    ? { text: instead.name, wrapped: false }
    : undefined;
}

/** Whether a type, or what it extends, has a member or property of that name. */
function hasMember(driver: Driver, type: TypeName, name: string): boolean {
  for (let at: TypeName | undefined = type, depth = 0; at !== undefined && depth < 8; depth++) {
    const descriptor: Driver["types"][string] | undefined = driver.types[at];
    if (descriptor === undefined) return false;
    if (descriptor.anyMember !== undefined || descriptor.anyProperty !== undefined) return true;
    if (Object.hasOwn(descriptor.members ?? {}, name) || Object.hasOwn(descriptor.properties ?? {}, name)) return true;
    at = descriptor.extends;
  }
  return false;
}

interface OptionSlot {
  readonly argument: number;
  readonly property: string;
}

/** Where the call takes its transaction, for libraries that are told it with every call. */
function optionOf({ driver, call }: OuterUse): OptionSlot | undefined {
  if (driver.name !== "sequelize" || call.property === undefined) return undefined;
  const { Model, Sequelize } = driver.types;
  for (const member of [
    Model?.statics?.[call.property],
    Model?.members?.[call.property],
    Sequelize?.members?.[call.property],
  ]) {
    for (const signature of [member ?? []].flat()) {
      for (const effect of signature.effects ?? []) {
        if (effect.does !== "runs" || typeof effect.on !== "object" || !("property" in effect.on)) continue;
        const { argument, property } = effect.on;
        return { argument: argument === "any" ? 1 : argument, property };
      }
    }
  }
  return undefined;
}

const entry = (property: string, name: string): string => (property === name ? name : `${property}: ${name}`);

function withOption(
  model: Model,
  { call, place }: OuterUse,
  { argument, property }: OptionSlot,
  name: string,
): Edit[] | undefined {
  const source = sourceOf(model, place.path);
  const given = call.arguments[argument];
  if (call.arguments.some(({ spread }) => spread) || call.arguments.length < argument) return undefined;
  if (given === undefined) return [addArgument(source, call.argumentsSpan, `{ ${entry(property, name)} }`)];
  const literal = model
    .facts(place.path)
    .functions.flatMap(({ blocks }) => blocks.flatMap(({ instructions }) => instructions))
    .find((one) => one.op === "object" && one.span.start === given.span.start && one.span.end === given.span.end);
  if (literal?.op !== "object") return undefined;
  return insertProperties(source, { span: literal.span, entries: literal.entries }, [entry(property, name)]);
}

/** Whether the use is started together with others (`Promise.all`). */
const isConcurrent = (model: Model, { place }: OuterUse): boolean =>
  callsIn(model.facts(place.path), { start: 0, end: Number.POSITIVE_INFINITY }).some(
    (call) =>
      contains(call.argumentsSpan, place.span) &&
      /^Promise\s*\.\s*(?:all|allSettled|race|any)$/.test(slice(model.text(place.path), call.calleeSpan)),
  );
