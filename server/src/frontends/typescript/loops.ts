import { ts } from "ts-morph";
import type { ValueId } from "../../core/facts.ts";
import { condition, effect, value } from "./expressions.ts";
import type { FunctionLowering, OpenBlock } from "./function-lowering.ts";
import { declareNames, listKind } from "./hoist.ts";
import { assignTo, bind } from "./patterns.ts";
import { Scope } from "./scope.ts";
import { lowerStatement, variables, withUsing } from "./statements.ts";
import { typeRef } from "./types.ts";

const { NodeFlags } = ts;

export function whileLoop(f: FunctionLowering, node: ts.WhileStatement, labels: readonly string[]): void {
  const [head, round, after] = [f.open(), f.open(), f.open()];
  f.goto(head);
  f.start(head);
  condition(f, node.expression, round, after);
  f.start(round);
  inLoop(f, labels, after, head, () => lowerStatement(f, node.statement));
  f.goto(head);
  f.meet(after);
}

export function doLoop(f: FunctionLowering, node: ts.DoStatement, labels: readonly string[]): void {
  const [round, test, after] = [f.open(), f.open(), f.open()];
  f.goto(round);
  f.start(round);
  inLoop(f, labels, after, test, () => lowerStatement(f, node.statement));
  f.goto(test);
  f.meet(test);
  if (f.current) condition(f, node.expression, round, after);
  f.meet(after);
}

export function forLoop(f: FunctionLowering, node: ts.ForStatement, labels: readonly string[]): void {
  const outside = f.scope;
  const { initializer } = node;
  if (initializer && ts.isVariableDeclarationList(initializer)) {
    f.scope = new Scope(outside);
    declareHead(f, initializer);
    variables(f, initializer, initializer);
  } else if (initializer) effect(f, initializer);
  const [head, round, step, after] = [f.open(), f.open(), f.open(), f.open()];
  f.goto(head);
  f.start(head);
  if (node.condition) condition(f, node.condition, round, after);
  else f.goto(round);
  f.start(round);
  inLoop(f, labels, after, step, () => lowerStatement(f, node.statement));
  f.goto(step);
  f.meet(step);
  if (f.current && node.incrementor) effect(f, node.incrementor);
  f.goto(head);
  f.scope = outside;
  f.meet(after);
}

export function forOf(f: FunctionLowering, node: ts.ForOfStatement, labels: readonly string[]): void {
  const collection = value(f, node.expression);
  const at = f.file.span(node.expression);
  const next = (): ValueId => {
    const dst = f.next();
    f.emit({ op: "element", dst, collection, span: at });
    return dst;
  };
  const isAsync = node.awaitModifier !== undefined;
  // `for await` waits for the next item, and for the end as well: it may fail before every round.
  const awaitNext = (): ValueId => {
    const item = next();
    const dst = f.next();
    f.emit({ op: "await", dst, value: item, span: at });
    return dst;
  };
  rounds(f, node, labels, isAsync ? { head: awaitNext } : { round: next });
}

export function forIn(f: FunctionLowering, node: ts.ForInStatement, labels: readonly string[]): void {
  const collection = value(f, node.expression);
  rounds(f, node, labels, { round: () => f.unknown([collection], node.expression) });
}

/** A loop over a collection: how often it runs is not looked into. The item is taken in the head or at the start of a round. */
function rounds(
  f: FunctionLowering,
  node: ts.ForInOrOfStatement,
  labels: readonly string[],
  take: { readonly head?: () => ValueId; readonly round?: () => ValueId },
): void {
  const [head, round, after] = [f.open(), f.open(), f.open()];
  f.goto(head);
  f.start(head);
  const early = take.head?.();
  f.end({ kind: "choice", to: [round, after], span: f.file.span(node.expression) });
  f.start(round);
  const item = early ?? take.round!();
  const outside = f.scope;
  const { initializer } = node;
  inLoop(f, labels, after, head, () => {
    if (!ts.isVariableDeclarationList(initializer)) {
      assignTo(f, initializer, item);
      lowerStatement(f, node.statement);
      return;
    }
    f.scope = new Scope(outside);
    declareHead(f, initializer);
    const [declaration] = initializer.declarations;
    if (declaration) {
      if (declaration.type && ts.isIdentifier(declaration.name)) {
        const variable = f.scope.value(declaration.name.text);
        if (variable !== undefined) f.file.variables[variable]!.type = typeRef(f, declaration.type);
      }
      bind(f, declaration.name, item);
    }
    const isUsing = (initializer.flags & NodeFlags.Using) !== 0;
    if (isUsing) withUsing(f, initializer, () => lowerStatement(f, node.statement));
    else lowerStatement(f, node.statement);
  });
  f.scope = outside;
  f.goto(head);
  f.meet(after);
}

function declareHead(f: FunctionLowering, list: ts.VariableDeclarationList): void {
  const kind = listKind(list);
  if (kind !== "var") for (const { name } of list.declarations) declareNames(f, name, kind);
}

function inLoop(
  f: FunctionLowering,
  labels: readonly string[],
  breakTo: OpenBlock,
  continueTo: OpenBlock,
  lower: () => void,
): void {
  const frames = f.frames;
  f.frames = [...frames, { kind: "target", labels, breakTo, continueTo, takesPlainBreak: true }];
  lower();
  f.frames = frames;
}
