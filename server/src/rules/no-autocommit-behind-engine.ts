import { insertBefore } from "../core/edit.ts";
import type { FunctionFacts, Instruction } from "../core/facts.ts";
import type { Model } from "../core/model.ts";
import type { Fix, Report, Rule } from "../core/rule.ts";
import { contains, type Place, slice } from "../core/text.ts";
import { isEngine, isEngineDriver, poolClassOf } from "./knowledge/engines.ts";
import { sourceOf } from "./knowledge/options.ts";

export const noAutocommitBehindEngine: Rule = {
  name: "no-autocommit-behind-engine",
  summary: "Autocommit is switched on behind SQLAlchemy's back, on the connection of the database's driver.",
  why: `SQLAlchemy does not know that \`engine.raw_connection().autocommit = True\` was said: the connection goes back to the pool as it is, and the
next one who has it commits every statement, whatever \`begin()\` and \`rollback()\` say.

Ask SQLAlchemy: \`engine.connect().execution_options(isolation_level="AUTOCOMMIT")\`, or an engine with \`isolation_level="AUTOCOMMIT"\`. SQLAlchemy takes
it back when the connection is returned.

It is fine with \`NullPool\`, where the connection is closed, where it is switched off again, and in a \`connect\` event for a pooler in statement mode,
which SQLAlchemy 2 needs there.

The rule does not see connections that are handed to other functions.`,
  group: "python",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["mode"],
  *check(model) {
    for (const { call, place, pool, function: owner, driver, handle, context } of model.checkouts) {
      if (!isEngineDriver(driver) || call.property !== "raw_connection" || context === "test") continue;
      if (pool && isEngine(pool) && poolClassOf(pool) === "NullPool") continue;
      const facts = model.functionAt(place.path, owner);
      if (handle !== undefined) yield* switched(model, facts, place.path, handle);
    }
    // Modules that make no engine have no hooks of one either.
    const engines = model.pools.filter((pool) => isEngine(pool) && pool.context !== "test");
    const isStatementMode = engines.some(({ profile }) => profile.mode.value === "statement");
    if (isStatementMode) return;
    for (const path of new Set(engines.map(({ place }) => place.path))) yield* hooks(model, path);
  },
};

/** `@event.listens_for(engine, "connect")`: its first parameter is the driver's connection. */
function* hooks(model: Model, path: string): Generator<Report> {
  const facts = model.facts(path);
  for (const each of facts.functions) {
    const isHook = each.decorators?.some(
      ({ name, span }) =>
        name.at(-1) === "listens_for" && /["'](?:connect|checkout)["']/.test(slice(model.text(path), span)),
    );
    const [first] = each.parameters;
    const name = first && facts.variables[first.variable]?.name;
    if (isHook && name !== undefined) yield* switched(model, each, path, name);
  }
}

/** `connection.autocommit = True` in a function that never takes it back. */
function* switched(model: Model, { blocks, span }: FunctionFacts, path: string, name: string): Generator<Report> {
  const { variables } = model.facts(path);
  const all = blocks.flatMap(({ instructions }) => instructions);
  const at = (register: number): Instruction | undefined => all.find((one) => "dst" in one && one.dst === register);
  const isHandle = (register: number): boolean => {
    const source = at(register);
    if (source?.op === "get") return isHandle(source.object);
    return source?.op === "load" && variables[source.variable]?.name === name;
  };
  const sets = all.flatMap((one) =>
    one.op === "set" && one.property === "autocommit" && contains(span, one.span) && isHandle(one.object) ? [one] : [],
  );
  const [first] = sets;
  const value = first && at(first.value);
  if (!first || sets.length > 1 || value?.op !== "literal" || value.value !== true) return;
  const place: Place = { path, span: first.span };
  yield {
    place,
    message: `SQLAlchemy does not know of \`${name}.autocommit = True\`: whoever has this connection next commits every statement, and rolls nothing back.`,
    fixes: takenBack(model, all, isHandle, name, path),
  };
}

/** Where the connection goes back in one place, it is switched off there. */
function takenBack(
  model: Model,
  all: readonly Instruction[],
  isHandle: (register: number) => boolean,
  name: string,
  path: string,
): Fix[] {
  const source = sourceOf(model, path);
  // A `finally` is there once for each way through it.
  const closes = new Map(
    all.flatMap((one) =>
      one.op === "call" && one.property === "close" && one.receiver !== undefined && isHandle(one.receiver)
        ? [[one.span.start, one.span] as const]
        : [],
    ),
  );
  const [close, other] = [...closes.values()];
  if (!close || other || slice(source.text, close) !== `${name}.close()`) return [];
  const edits = [insertBefore(source, close, `${name}.autocommit = False`)];
  return [{ title: "Switch it off before the connection goes back", safety: "suggestion", edits }];
}
