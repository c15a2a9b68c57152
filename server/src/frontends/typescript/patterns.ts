import { ts } from "ts-morph";
import type { ValueId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import { commonjsVariable, isModuleExports } from "./commonjs.ts";
import { elementOf, get, global, unwrap, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { withDefault } from "./operators.ts";

const { SyntaxKind } = ts;

/** Stores a value into the variables of a declared name or pattern. */
export function bind(f: FunctionLowering, name: ts.BindingName, from: ValueId): void {
  if (ts.isIdentifier(name)) {
    const variable = f.scope.value(name.text);
    if (variable !== undefined) f.store(variable, from, f.file.span(name));
    return;
  }
  const taken: string[] = [];
  name.elements.forEach((part, index) => {
    if (!ts.isBindingElement(part)) return;
    const item = ts.isArrayBindingPattern(name)
      ? takeElement(f, from, index, part, part.dotDotDotToken !== undefined)
      : takeProperty(f, from, part.propertyName ?? part.name, part, part.dotDotDotToken !== undefined, taken);
    bind(f, part.name, part.initializer ? withDefault(f, item, part.initializer, part.name) : item);
  });
}

function takeElement(f: FunctionLowering, collection: ValueId, index: number, node: ts.Node, isRest: boolean): ValueId {
  const dst = f.next();
  const at = f.file.span(node);
  if (isRest) f.emit({ op: "rest", dst, object: collection, except: [], span: at });
  else f.emit({ op: "element", dst, collection, index, span: at });
  return dst;
}

function takeProperty(
  f: FunctionLowering,
  object: ValueId,
  key: ts.Node,
  node: ts.Node,
  isRest: boolean,
  taken: string[],
): ValueId {
  const at = f.file.span(node);
  const name = literalKey(key);
  if (!isRest && name === undefined) {
    const register = ts.isComputedPropertyName(key) ? value(f, key.expression) : f.unknown([], key);
    const dst = f.next();
    f.emit({ op: "index", dst, object, key: register, span: at });
    return dst;
  }
  const dst = f.next();
  if (isRest) f.emit({ op: "rest", dst, object, except: [...taken], span: at });
  else {
    taken.push(name!);
    f.emit({ op: "get", dst, object, property: name!, span: at, propertySpan: f.file.span(key) });
  }
  return dst;
}

/** The text of a property name that is known without running the program. */
export function literalKey(key: ts.Node): string | undefined {
  if (ts.isIdentifier(key) || ts.isPrivateIdentifier(key) || ts.isStringLiteralLike(key) || ts.isNumericLiteral(key))
    return key.text;
  if (ts.isComputedPropertyName(key) && (ts.isStringLiteralLike(key.expression) || ts.isNumericLiteral(key.expression)))
    return key.expression.text;
  return undefined;
}

/** Stores a value into an assignment target, which may be a pattern. */
export function assignTo(f: FunctionLowering, target: ts.Expression, from: ValueId): void {
  const node = unwrap(target);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.EqualsToken) {
    assignTo(f, node.left, withDefault(f, from, node.right, node.left));
    return;
  }
  if (ts.isArrayLiteralExpression(node)) {
    node.elements.forEach((part, index) => {
      if (ts.isOmittedExpression(part)) return;
      const isRest = ts.isSpreadElement(part);
      assignTo(f, isRest ? part.expression : part, takeElement(f, from, index, part, isRest));
    });
    return;
  }
  if (ts.isObjectLiteralExpression(node)) {
    const taken: string[] = [];
    for (const part of node.properties) {
      if (ts.isSpreadAssignment(part)) {
        assignTo(f, part.expression, takeProperty(f, from, part, part, true, taken));
      } else if (ts.isShorthandPropertyAssignment(part)) {
        const item = takeProperty(f, from, part.name, part, false, taken);
        const { objectAssignmentInitializer: initializer } = part;
        assignTo(f, part.name, initializer ? withDefault(f, item, initializer, part.name) : item);
      } else if (ts.isPropertyAssignment(part)) {
        assignTo(f, part.initializer, takeProperty(f, from, part.name, part, false, taken));
      }
    }
    return;
  }
  reference(f, node).write(from, f.file.span(node));
}

export interface Reference {
  read(): ValueId;
  write(from: ValueId, at: Span): void;
}

/** A place that can be read and written; its object is evaluated once, now. */
export function reference(f: FunctionLowering, target: ts.Expression): Reference {
  const node = unwrap(target);
  const at = f.file.span(node);
  if (ts.isIdentifier(node)) {
    const bound = f.scope.value(node.text);
    const variable = bound === undefined && node.text === "exports" ? commonjsVariable(f) : bound;
    if (variable !== undefined)
      return { read: () => f.load(variable, at), write: (from, span) => f.store(variable, from, span) };
    return {
      read: () => global(f, node.text, at),
      write: (from, span) =>
        f.emit({ op: "set", object: global(f, "globalThis", at), property: node.text, value: from, span }),
    };
  }
  if (ts.isPropertyAccessExpression(node)) {
    if (isModuleExports(f, node)) {
      const variable = commonjsVariable(f);
      return { read: () => f.load(variable, at), write: (from, span) => f.store(variable, from, span) };
    }
    const object = value(f, node.expression, "chained");
    const property = node.name.text;
    return {
      read: () => get(f, object, property, node),
      write: (from, span) => f.emit({ op: "set", object, property, value: from, span }),
    };
  }
  if (ts.isElementAccessExpression(node)) {
    const object = value(f, node.expression, "chained");
    const key = literalKey(node.argumentExpression);
    const isLiteral = ts.isStringLiteralLike(node.argumentExpression) || ts.isNumericLiteral(node.argumentExpression);
    if (isLiteral) {
      return {
        read: () => elementOf(f, object, node),
        write: (from, span) => f.emit({ op: "set", object, property: key!, value: from, span }),
      };
    }
    const index = value(f, node.argumentExpression);
    return {
      read: () => {
        const dst = f.next();
        f.emit({ op: "index", dst, object, key: index, span: at });
        return dst;
      },
      write: (from, span) => f.emit({ op: "setIndex", object, key: index, value: from, span }),
    };
  }
  // Half-typed code assigns to anything.
  return { read: () => value(f, node), write: (from) => void f.unknown([from], node) };
}
