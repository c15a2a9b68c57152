import { ts } from "ts-morph";
import { type Span, span } from "../../core/text.ts";
import { exitTo, withCleanup } from "../control-flow/cleanup.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { declareNames } from "./hoist.ts";
import { bind } from "./patterns.ts";
import { Scope } from "./scope.ts";
import { scoped } from "./statements.ts";
import { typeRef } from "./types.ts";

/** The last character of a node: where what was caught is thrown on. */
export const lastOf = (node: ts.Node): Span => span(Math.max(node.pos, node.end - 1), node.end);

export function tryStatement(f: FunctionLowering, node: ts.TryStatement): void {
  const { finallyBlock, catchClause, tryBlock } = node;
  const guarded = () => (catchClause ? tryCatch(f, tryBlock, catchClause) : scoped(f, tryBlock.statements));
  if (!finallyBlock) {
    guarded();
    return;
  }
  withCleanup(f, lastOf(node), guarded, () => scoped(f, finallyBlock.statements));
}

function tryCatch(f: FunctionLowering, tryBlock: ts.Block, clause: ts.CatchClause): void {
  const { handler, scope } = f;
  const caught = f.open();
  const after = f.open();
  f.handler = caught;
  f.split();
  scoped(f, tryBlock.statements);
  f.handler = handler;
  f.scope = scope;
  f.goto(after);
  f.start(caught);
  const declaration = clause.variableDeclaration;
  if (declaration) {
    f.scope = new Scope(scope);
    declareNames(f, declaration.name, "catch");
    if (declaration.type && ts.isIdentifier(declaration.name)) {
      const variable = f.scope.value(declaration.name.text);
      if (variable !== undefined) f.file.variables[variable]!.type = typeRef(f, declaration.type);
    }
    bind(f, declaration.name, f.unknown([], declaration));
  }
  scoped(f, clause.block.statements);
  f.scope = scope;
  f.goto(after);
  f.meet(after);
}

/** `break` and `continue`, through every cleanup on the way. */
export function jump(f: FunctionLowering, node: ts.BreakOrContinueStatement): void {
  const isBreak = ts.isBreakStatement(node);
  for (let index = f.frames.length - 1; index >= 0; index--) {
    const frame = f.frames[index]!;
    if (frame.kind !== "target") continue;
    const isMeant = node.label
      ? frame.labels.includes(node.label.text)
      : isBreak
        ? frame.takesPlainBreak
        : frame.continueTo !== undefined;
    const target = isBreak ? frame.breakTo : frame.continueTo;
    if (isMeant && target) {
      exitTo(f, target, index);
      return;
    }
  }
  // Half-typed: there is nothing to break out of.
}
