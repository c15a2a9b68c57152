import { ts } from "ts-morph";
import type { Argument, CallInstruction, ObjectEntry, Use, ValueId } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import type { Writable } from "../../core/writable.ts";
import { commonjsVariable } from "./commonjs.ts";
import { elementOf, endOf, get, unwrap, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { literalKey } from "./patterns.ts";
import { typeRef } from "./types.ts";

const { SyntaxKind } = ts;

type Callee = Pick<CallInstruction, "callee" | "receiver" | "property">;

export function call(f: FunctionLowering, node: ts.CallExpression, use: Use): ValueId {
  const special = moduleCall(f, node);
  if (special !== undefined) return special;
  const isManaged = f.file.managed === node;
  if (isManaged) f.file.managed = undefined;
  const callee = calleeOf(f, node.expression);
  const dst = emitCall(f, node, "call", callee, use, isManaged);
  if (endsProcess(f, node.expression)) f.end({ kind: "stop" });
  return dst;
}

export function construct(f: FunctionLowering, node: ts.NewExpression, use: Use): ValueId {
  const isManaged = f.file.managed === node;
  if (isManaged) f.file.managed = undefined;
  const callee = { callee: value(f, node.expression) };
  return emitCall(f, node, "new", callee, use, isManaged);
}

export function tagged(f: FunctionLowering, node: ts.TaggedTemplateExpression, use: Use): ValueId {
  const callee = calleeOf(f, node.tag);
  const text = value(f, node.template);
  const at = f.file.span(node.template);
  const dst = f.next();
  f.emit({
    op: "call",
    dst,
    style: "tag",
    ...callee,
    arguments: [{ value: text, spread: false, span: at }],
    use,
    span: f.file.span(node),
    calleeSpan: f.file.span(node.tag),
    argumentsSpan: at,
    managed: false,
    ...typeArguments(f, node.typeArguments),
  });
  return dst;
}

/** `@name(…)`: the factory runs where the class is evaluated. */
export function decoratorCall(f: FunctionLowering, node: ts.CallExpression): ValueId {
  return emitCall(f, node, "decorator", calleeOf(f, node.expression), "used", false);
}

/** `import` on its own, in half-typed code. */
export const dynamicImport = (f: FunctionLowering, node: ts.Node): ValueId => f.unknown([], node);

function calleeOf(f: FunctionLowering, expression: ts.Expression): Callee {
  const node = unwrap(expression);
  if (ts.isPropertyAccessExpression(node)) {
    const receiver = value(f, node.expression, "chained");
    const property = node.name.text;
    return { callee: get(f, receiver, property, node), receiver, property };
  }
  if (ts.isElementAccessExpression(node)) {
    const receiver = value(f, node.expression, "chained");
    const callee = elementOf(f, receiver, node);
    const property =
      node.argumentExpression && ts.isStringLiteralLike(node.argumentExpression)
        ? literalKey(node.argumentExpression)
        : undefined;
    return { callee, receiver, ...(property !== undefined && { property }) };
  }
  return { callee: value(f, expression) };
}

// As busy as they come: it fills one object in place of spreading others.
function emitCall(
  f: FunctionLowering,
  node: ts.CallExpression | ts.NewExpression,
  style: "call" | "new" | "decorator",
  { callee, receiver, property }: Callee,
  use: Use,
  managed: boolean,
): ValueId {
  const list = node.arguments;
  const given = list && list.length > 0 ? argumentList(f, list) : none;
  const dst = f.next();
  const calleeSpan = f.file.span(node.expression);
  const instruction: Writable<CallInstruction> = {
    op: "call",
    dst,
    style,
    callee,
    arguments: given,
    use,
    // The two begin at the same place, unless `new` or `@` stands in front.
    span: style === "call" ? span(calleeSpan.start, Math.max(calleeSpan.end, node.end)) : f.file.span(node),
    calleeSpan,
    // The list starts after the parenthesis; where the parenthesis is missing it starts where it should be.
    argumentsSpan: list
      ? span(Math.max(calleeSpan.end, list.pos - 1), Math.max(calleeSpan.end, node.end))
      : endOf(node.expression),
    managed,
  };
  if (receiver !== undefined) instruction.receiver = receiver;
  if (property !== undefined) instruction.property = property;
  if (node.typeArguments) Object.assign(instruction, typeArguments(f, node.typeArguments));
  f.emit(instruction);
  return dst;
}

const none: readonly Argument[] = Object.freeze([]);

const typeArguments = (f: FunctionLowering, list: readonly ts.TypeNode[] | undefined) =>
  list && list.length > 0 ? { typeArguments: list.map((type) => typeRef(f, type)) } : undefined;

function argumentList(f: FunctionLowering, list: readonly ts.Expression[]): readonly Argument[] {
  return list.map((argument) => {
    const spread = ts.isSpreadElement(argument);
    return { value: value(f, spread ? argument.expression : argument), spread, span: f.file.span(argument) };
  });
}

/** `require("x")`, `import("x")`, and what compilers write around them. */
function moduleCall(f: FunctionLowering, node: ts.CallExpression): ValueId | undefined {
  const first = node.arguments[0];
  const callee = unwrap(node.expression);
  if (callee.kind === SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require")) {
    if (!first || !ts.isStringLiteralLike(first)) return undefined;
    const dst = f.next();
    const style = callee.kind === SyntaxKind.ImportKeyword ? "dynamic" : "require";
    f.emit({ op: "import", dst, specifier: first.text, style, span: f.file.span(node) });
    return dst;
  }
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
  if (first && interop.has(name)) return interopImport(f, node, first);
  if (name === "__exportStar" && first && ts.isCallExpression(first)) return exportStar(f, first);
  const second = node.arguments[1];
  if (name === "defineProperty" && first && second) return defineProperty(f, node, first, second);
  return undefined;
}

/** Wrappers that compiled code puts around `require` so that `.default` and the names work alike. */
const interop: ReadonlySet<string> = new Set([
  "__importDefault",
  "__importStar",
  "__toESM",
  "_interopRequireDefault",
  "_interopRequireWildcard",
  "_interop_require_default",
  "_interop_require_wildcard",
]);

function interopImport(f: FunctionLowering, node: ts.CallExpression, first: ts.Expression): ValueId {
  const module = value(f, first);
  const dst = f.next();
  const at = f.file.span(first);
  const entry = { value: module, span: at, keySpan: at, valueSpan: at };
  const entries: readonly ObjectEntry[] = [
    { key: "default", spread: false, ...entry },
    { spread: true, ...entry },
  ];
  f.emit({ op: "object", dst, entries, span: f.file.span(node) });
  return dst;
}

/** `__exportStar(require("./x"), exports)` */
function exportStar(f: FunctionLowering, first: ts.CallExpression): ValueId | undefined {
  const specifier = first.arguments[0];
  const isRequire = ts.isIdentifier(first.expression) && first.expression.text === "require";
  if (!isRequire || !specifier || !ts.isStringLiteralLike(specifier)) return undefined;
  commonjsVariable(f);
  f.file.exports.push({ kind: "all", specifier: specifier.text });
  return value(f, first);
}

/** `Object.defineProperty(exports, "name", { get: function () { return value; } })`, as compilers write re-exports. */
function defineProperty(
  f: FunctionLowering,
  node: ts.CallExpression,
  target: ts.Expression,
  key: ts.Expression,
): ValueId | undefined {
  const isExports = ts.isIdentifier(target) && target.text === "exports" && f.scope.value("exports") === undefined;
  const description = node.arguments[2];
  if (!isExports || !ts.isStringLiteralLike(key) || !description || !ts.isObjectLiteralExpression(description))
    return undefined;
  const exported = description.properties.map(describedValue).find((found) => found !== undefined);
  if (!exported) return undefined;
  const object = value(f, target);
  f.emit({ op: "set", object, property: key.text, value: value(f, exported), span: f.file.span(node) });
  return object;
}

function describedValue(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  const name = property.name && literalKey(property.name);
  if (ts.isPropertyAssignment(property) && name === "value") return property.initializer;
  if (name !== "get") return undefined;
  const getter = ts.isPropertyAssignment(property) ? unwrap(property.initializer) : property;
  if (ts.isArrowFunction(getter) && !ts.isBlock(getter.body)) return getter.body;
  if (!ts.isFunctionExpression(getter) && !ts.isArrowFunction(getter) && !ts.isMethodDeclaration(getter))
    return undefined;
  const body = getter.body;
  const only = body && ts.isBlock(body) && body.statements.length === 1 ? body.statements[0] : undefined;
  return only && ts.isReturnStatement(only) ? only.expression : undefined;
}

/** `process.exit()` and kin: nothing after it runs, and no `finally` either. */
function endsProcess(f: FunctionLowering, callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return false;
  if (callee.name.text !== "exit" && callee.name.text !== "abort") return false;
  if (callee.expression.text !== "process" && callee.expression.text !== "Deno") return false;
  const variable = f.scope.value(callee.expression.text);
  return variable === undefined || f.file.variables[variable]!.kind === "import";
}
