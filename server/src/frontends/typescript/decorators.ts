import { ts } from "ts-morph";
import type { DecoratorFact } from "../../core/facts.ts";
import { decoratorCall } from "./calls.ts";
import type { FunctionLowering } from "./function-lowering.ts";

/** The decorators of a declaration. Their factories are called where `f` evaluates the class. */
export function decorators(
  f: FunctionLowering,
  node: ts.Node & { readonly modifiers?: readonly ts.ModifierLike[] | undefined },
): readonly DecoratorFact[] {
  if (!node.modifiers?.some(ts.isDecorator)) return none;
  const facts: DecoratorFact[] = [];
  for (const modifier of node.modifiers) {
    if (!ts.isDecorator(modifier)) continue;
    const { expression } = modifier;
    const isFactory = ts.isCallExpression(expression);
    const name = dotted(isFactory ? expression.expression : expression);
    const variable = name[0] === undefined ? undefined : f.scope.value(name[0]);
    facts.push({ name, ...(variable !== undefined && { variable }), span: f.file.ownSpan(modifier) });
    if (isFactory) decoratorCall(f, expression);
  }
  return facts;
}

const none: readonly DecoratorFact[] = Object.freeze([]);

/** `a.b.c` as names; empty for anything else. */
export function dotted(node: ts.Node): readonly string[] {
  const names: string[] = [];
  let at = node;
  for (;;) {
    if (ts.isPropertyAccessExpression(at)) {
      names.push(at.name.text);
      at = at.expression;
    } else if (ts.isQualifiedName(at)) {
      names.push(at.right.text);
      at = at.left;
    } else break;
  }
  if (!ts.isIdentifier(at)) return [];
  return [...names, at.text].reverse();
}
