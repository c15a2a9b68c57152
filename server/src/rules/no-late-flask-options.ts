import { indentAt, insert, removeStatement, styleOf } from "../core/edit.ts";
import type { CallInstruction, Instruction } from "../core/facts.ts";
import type { Model, Pool } from "../core/model.ts";
import type { Fix, Rule } from "../core/rule.ts";
import { contains, type Place, type Span, slice } from "../core/text.ts";
import { sourceOf } from "./knowledge/options.ts";

export const noLateFlaskOptions: Rule = {
  name: "no-late-flask-options",
  summary: "A setting of Flask-SQLAlchemy is written after the extension has read them.",
  why: `\`SQLAlchemy(app)\` and \`db.init_app(app)\` read \`app.config\` once, and make the engines from it. What is written into the configuration afterwards is
never read: an engine that was to have \`NullPool\` keeps its pool, and nothing tells.

Write the settings first, then initialise the extension.

The rule compares places within one function, where no branch or loop lies between. It does not see the order of functions and modules.`,
  group: "python",
  severity: "warning",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.driver.name !== "flask-sqlalchemy") continue;
      for (const option of pool.options.entries) {
        if (!option.path.startsWith("SQLALCHEMY_") || option.path.includes(".")) continue;
        const read = readBefore(model, pool, option.place);
        if (!read) continue;
        yield {
          place: option.place,
          message: `\`${option.path}\` is written after the extension has read the configuration: it has no effect.`,
          related: [{ place: read, message: "The configuration is read here." }],
          fixes: fixes(model, option.place, read),
        };
      }
    }
  },
};

/** The call in the same function, further up, that hands the extension the application whose setting it is. */
function readBefore(model: Model, pool: Pool, { path, span: setting }: Place): Place | undefined {
  const facts = model.facts(path);
  const owner = facts.functions.findLast((each) => contains(each.span, setting));
  if (!owner) return undefined;
  const all = owner.blocks.flatMap(({ instructions }) => instructions);
  const statement = model.statementAt(path, setting.start);
  const call = all.find(
    (each): each is CallInstruction =>
      each.op === "call" && each.span.end <= setting.start && initialises(all, each, pool, path),
  );
  if (!call || !statement) return undefined;
  // Both stand in the function's own body: nothing decides between them.
  const other = model.statementAt(path, call.span.start);
  if (other?.parent !== statement.parent || other.function !== owner.id) return undefined;
  const app = textOf(model, path, call.arguments[0]?.span);
  const written = model.text(path).slice(statement.span.start, statement.span.end);
  return app !== undefined && written.startsWith(`${app}.config`) ? { path, span: call.span } : undefined;
}

/** The setting moves up, where it uses nothing that is made in between. */
function fixes(model: Model, { path, span: setting }: Place, read: Place): Fix[] {
  const facts = model.facts(path);
  const source = sourceOf(model, path);
  const late = model.statementAt(path, setting.start)?.span;
  const early = model.statementAt(path, read.span.start)?.span;
  if (!late || !early) return [];
  const all = facts.functions.flatMap(({ blocks }) => blocks.flatMap(({ instructions }) => instructions));
  const used = new Set(all.flatMap((one) => (one.op === "load" && contains(late, one.span) ? [one.variable] : [])));
  const between = { start: early.start, end: late.start };
  if (all.some((one) => one.op === "store" && used.has(one.variable) && contains(between, one.span))) return [];
  const { newline } = styleOf(source.text);
  const moved = slice(source.text, late) + newline + indentAt(source.text, early.start);
  const edits = [insert(source, early.start, moved), removeStatement(source, late)];
  return [{ title: "Write it before the extension reads it", safety: "suggestion", edits }];
}

/** `SQLAlchemy(app)`, or `db.init_app(app)` of the object that the pool is. */
function initialises(all: readonly Instruction[], call: CallInstruction, pool: Pool, path: string): boolean {
  const [first] = call.arguments;
  if (!first || first.keyword !== undefined) return false;
  if (pool.place.path === path && pool.place.span.start === call.span.start) return true;
  const receiver = all.find((each) => "dst" in each && each.dst === call.receiver);
  return call.property === "init_app" && receiver?.op === "load" && pool.name !== undefined;
}

const textOf = (model: Model, path: string, span: Span | undefined): string | undefined =>
  span && model.text(path).slice(span.start, span.end);
