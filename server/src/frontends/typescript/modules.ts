import { ts } from "ts-morph";
import type { Constant, ObjectEntry, ValueId, VariableId } from "../../core/facts.ts";
import { commonjsVariable } from "./commonjs.ts";
import { value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { nameText } from "./functions.ts";
import { declareStatements, declareVars } from "./hoist.ts";
import { Scope } from "./scope.ts";
import { body } from "./statements.ts";

const { SyntaxKind, NodeFlags } = ts;

type Exportable =
  | ts.VariableStatement
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ImportEqualsDeclaration;

/** Exports what a declaration with `export` binds. Returns the variable made for a default export without a name. */
export function exportDeclared(f: FunctionLowering, node: Exportable): VariableId | undefined {
  const has = (kind: ts.SyntaxKind) => node.modifiers?.some((modifier) => modifier.kind === kind) ?? false;
  if (!has(SyntaxKind.ExportKeyword)) return undefined;
  if (ts.isVariableStatement(node)) {
    for (const { name } of node.declarationList.declarations) exportNames(f, name);
    return undefined;
  }
  const { name } = node;
  const isDefault = has(SyntaxKind.DefaultKeyword);
  if (name && ts.isIdentifier(name)) {
    const isType = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
    const variable = isType ? f.scope.type(name.text) : f.scope.value(name.text);
    if (typeof variable === "number") exportLocal(f, isDefault ? "default" : name.text, variable);
    return undefined;
  }
  return isDefault ? exportDefault(f, node) : undefined;
}

function exportNames(f: FunctionLowering, name: ts.BindingName): void {
  if (!ts.isIdentifier(name)) {
    for (const part of name.elements) if (ts.isBindingElement(part)) exportNames(f, part.name);
    return;
  }
  const variable = f.scope.value(name.text);
  if (variable !== undefined) exportLocal(f, name.text, variable);
}

function exportLocal(f: FunctionLowering, name: string, variable: VariableId): void {
  if (f.namespaceExports) f.namespaceExports.set(name, variable);
  else if (
    !f.file.exports.some((known) => known.kind === "local" && known.name === name && known.variable === variable)
  ) {
    f.file.exports.push({ kind: "local", name, variable });
  }
}

function exportDefault(f: FunctionLowering, node: ts.Node): VariableId {
  const variable = f.file.declare("default", "const", f.id, f.file.span(node));
  exportLocal(f, "default", variable);
  return variable;
}

/** `export default value`, `export = value` */
export function exportAssignment(f: FunctionLowering, node: ts.ExportAssignment): void {
  const { expression } = node;
  if (!node.isExportEquals && ts.isIdentifier(expression)) {
    exportBound(f, "default", expression.text);
    return;
  }
  const exported = value(f, expression);
  f.store(node.isExportEquals ? commonjsVariable(f) : exportDefault(f, node), exported, f.file.span(node));
}

/** A name may be bound to a value, to a type, or to both. */
function exportBound(f: FunctionLowering, name: string, local: string): void {
  const variable = f.scope.value(local);
  const type = f.scope.type(local);
  if (variable !== undefined) exportLocal(f, name, variable);
  if (typeof type === "number" && type !== variable) exportLocal(f, name, type);
}

/** `export { a as b }`, with or without `from`, `export * from`, `export * as a from` */
export function exportDeclaration(f: FunctionLowering, node: ts.ExportDeclaration): void {
  const { exportClause, moduleSpecifier } = node;
  const specifier = moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (!exportClause) {
    if (specifier !== undefined) f.file.exports.push({ kind: "all", specifier });
    return;
  }
  if (ts.isNamespaceExport(exportClause)) {
    if (specifier !== undefined)
      f.file.exports.push({ kind: "from", name: exportClause.name.text, imported: "*", specifier });
    return;
  }
  for (const { name, propertyName } of exportClause.elements) {
    const local = (propertyName ?? name).text;
    if (specifier !== undefined) f.file.exports.push({ kind: "from", name: name.text, imported: local, specifier });
    else exportBound(f, name.text, local);
  }
}

/** `import a = require("x")`, `import a = b.c` */
export function importEquals(f: FunctionLowering, node: ts.ImportEqualsDeclaration): void {
  const variable = f.scope.value(node.name.text);
  if (variable === undefined) return;
  const at = f.file.span(node);
  const { moduleReference } = node;
  if (!ts.isExternalModuleReference(moduleReference)) {
    f.store(variable, entityValue(f, moduleReference), at);
    return;
  }
  const { expression } = moduleReference;
  if (!ts.isStringLiteralLike(expression)) return;
  const dst = f.next();
  f.emit({ op: "import", dst, specifier: expression.text, style: "require", span: f.file.span(moduleReference) });
  f.store(variable, dst, at);
}

function entityValue(f: FunctionLowering, name: ts.EntityName): ValueId {
  const members: ts.QualifiedName[] = [];
  let at = name;
  while (ts.isQualifiedName(at)) {
    members.push(at);
    at = at.left;
  }
  let object = value(f, at);
  for (const member of members.reverse()) {
    const dst = f.next();
    const property = member.right.text;
    f.emit({ op: "get", dst, object, property, span: f.file.span(member), propertySpan: f.file.span(member.right) });
    object = dst;
  }
  return object;
}

/** An enum is an object of its members. */
export function enumObject(f: FunctionLowering, node: ts.EnumDeclaration): void {
  const variable = f.scope.value(node.name.text);
  if (variable === undefined) return;
  let counter = 0;
  const entries: ObjectEntry[] = node.members.map((member) => {
    const at = f.file.span(member);
    const key = nameText(member.name);
    const { initializer } = member;
    if (initializer && ts.isNumericLiteral(initializer)) counter = Number(initializer.text);
    const implied: Constant = counter++;
    const member_ = initializer ? value(f, initializer) : f.literal(implied, at);
    const valueSpan = initializer ? f.file.span(initializer) : at;
    return {
      ...(key !== undefined && { key }),
      value: member_,
      spread: false,
      span: at,
      keySpan: f.file.span(member.name),
      valueSpan,
    };
  });
  const dst = f.next();
  f.emit({ op: "object", dst, entries, span: f.file.span(node) });
  f.store(variable, dst, f.file.span(node.name));
}

/** A namespace runs in place and leaves an object of what it exports. Ambient modules hold nothing at run time. */
export function namespaceObject(f: FunctionLowering, node: ts.ModuleDeclaration): void {
  const isAmbient =
    node.modifiers?.some(({ kind }) => kind === SyntaxKind.DeclareKeyword) ||
    (node.flags & NodeFlags.GlobalAugmentation) !== 0;
  if (isAmbient || !node.body || !ts.isIdentifier(node.name)) return;
  const variable = f.scope.value(node.name.text);
  if (variable === undefined) return;
  const exported = namespaceBody(f, node.body);
  const at = f.file.span(node);
  const { kind } = f.file.variables[variable]!;
  if (kind === "function" || kind === "class") {
    // It adds to the function or class of the same name.
    const object = f.load(variable, at);
    for (const { key, value: member } of exported)
      if (key !== undefined) f.emit({ op: "set", object, property: key, value: member, span: at });
    return;
  }
  const dst = f.next();
  f.emit({ op: "object", dst, entries: exported, span: at });
  f.store(variable, dst, f.file.span(node.name));
}

function namespaceBody(f: FunctionLowering, node: ts.ModuleBody): readonly ObjectEntry[] {
  const { scope, namespaceExports } = f;
  const names = new Map<string, VariableId>();
  f.scope = new Scope(scope);
  f.namespaceExports = names;
  const nested: ObjectEntry[] = [];
  if (ts.isModuleBlock(node)) {
    declareVars(f, node);
    declareStatements(f, node.statements);
    body(f, node.statements);
  } else if (ts.isModuleDeclaration(node) && node.body && ts.isIdentifier(node.name)) {
    // `namespace a.b {}`
    const at = f.file.span(node);
    f.file.depth++;
    const inner = f.file.depth < 400 ? namespaceBody(f, node.body) : [];
    f.file.depth--;
    const dst = f.next();
    f.emit({ op: "object", dst, entries: inner, span: at });
    nested.push({
      key: node.name.text,
      value: dst,
      spread: false,
      span: at,
      keySpan: f.file.span(node.name),
      valueSpan: at,
    });
  }
  for (const [key, variable] of names) {
    if (f.file.variables[variable]!.kind === "type") continue;
    const at = f.file.variables[variable]!.span;
    nested.push({ key, value: f.load(variable, at), spread: false, span: at, keySpan: at, valueSpan: at });
  }
  f.scope = scope;
  f.namespaceExports = namespaceExports;
  return nested;
}
