import { ts } from "ts-morph";
import type { StatementFact } from "../../core/facts.ts";
import { returnFrom, withCleanup } from "../control-flow/cleanup.ts";
import { lowerClass } from "./classes.ts";
import { jump, lastOf, tryStatement } from "./exits.ts";
import { condition, effect, unwrap, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { lowerFunction } from "./functions.ts";
import { declareStatements, listKind } from "./hoist.ts";
import { docType, documents } from "./jsdoc.ts";
import { doLoop, forIn, forLoop, forOf, whileLoop } from "./loops.ts";
import {
  enumObject,
  exportAssignment,
  exportDeclaration,
  exportDeclared,
  importEquals,
  namespaceObject,
} from "./modules.ts";
import { bind } from "./patterns.ts";
import { Scope } from "./scope.ts";
import { declareType } from "./type-declarations.ts";
import { typeRef } from "./types.ts";

const { SyntaxKind, NodeFlags } = ts;

/** Statements nested deeper than this are left out: the stack is finite. */
const deepest = 500;

/** Lowers a list of statements whose names are declared already: hoisted functions first. */
export function body(f: FunctionLowering, statements: readonly ts.Statement[]): void {
  for (const statement of statements) if (ts.isFunctionDeclaration(statement)) record(f, statement, hoist);
  rest(f, statements, 0);
}

function rest(f: FunctionLowering, statements: readonly ts.Statement[], from: number): void {
  for (let index = from; index < statements.length; index++) {
    const statement = statements[index]!;
    lowerStatement(f, statement);
    const held = heldBy(statement);
    if (held) {
      // What `using` declares is disposed of on every way out of the rest of its block.
      withUsing(f, held, () => rest(f, statements, index + 1));
      return;
    }
  }
}

/** The declarations of a `using` statement. */
function heldBy(node: ts.Node): ts.VariableDeclarationList | undefined {
  const list = ts.isVariableStatement(node)
    ? node.declarationList
    : ts.isVariableDeclarationList(node)
      ? node
      : undefined;
  return list && (list.flags & NodeFlags.Using) === NodeFlags.Using
    ? list
    : list && isAwaitUsing(list)
      ? list
      : undefined;
}

const isAwaitUsing = (list: ts.VariableDeclarationList): boolean =>
  (list.flags & NodeFlags.BlockScoped) === NodeFlags.AwaitUsing;

/** Runs `inside`, then disposes of what the list declared, in whichever way `inside` ends. */
export function withUsing(f: FunctionLowering, list: ts.VariableDeclarationList, inside: () => void): void {
  const awaited = isAwaitUsing(list);
  const held: { readonly value: number; readonly node: ts.Node }[] = [];
  for (const { name } of list.declarations) {
    const variable = ts.isIdentifier(name) ? f.scope.value(name.text) : undefined;
    if (variable !== undefined) held.push({ value: f.load(variable, f.file.span(name)), node: name });
  }
  withCleanup(f, lastOf(list), inside, () => {
    for (const { value: register, node } of [...held].reverse())
      f.emit({ op: "dispose", value: register, awaited, span: f.file.span(node) });
  });
}

/** A block with a scope of its own. */
export function scoped(f: FunctionLowering, statements: readonly ts.Statement[]): void {
  const outside = f.scope;
  f.scope = new Scope(outside);
  declareStatements(f, statements);
  body(f, statements);
  f.scope = outside;
}

export function lowerStatement(f: FunctionLowering, node: ts.Statement): void {
  if (ts.isFunctionDeclaration(node)) return;
  if (f.file.depth >= deepest) return;
  f.file.depth++;
  record(f, node, dispatch);
  f.file.depth--;
}

/** Enters a statement into the table; in a further copy of a `finally` body it is there already. */
function record<T extends ts.Statement>(
  f: FunctionLowering,
  node: T,
  lower: (f: FunctionLowering, node: T) => void,
): void {
  const { file, statement: outer } = f;
  const known = f.copying > 0 ? file.once.statements.get(node) : undefined;
  if (known === undefined) {
    f.statement = file.statements.length;
    if (f.copying > 0) file.once.statements.set(node, f.statement);
    file.statements.push(statementFact(f, node, outer));
  } else f.statement = known;
  lower(f, node);
  f.statement = outer;
}

const kinds: ReadonlyMap<ts.SyntaxKind, StatementFact["kind"]> = new Map([
  [SyntaxKind.Block, "block"],
  [SyntaxKind.ExpressionStatement, "expression"],
  [SyntaxKind.VariableStatement, "variable"],
  [SyntaxKind.ReturnStatement, "return"],
  [SyntaxKind.ThrowStatement, "throw"],
  [SyntaxKind.IfStatement, "if"],
  [SyntaxKind.ForStatement, "loop"],
  [SyntaxKind.ForInStatement, "loop"],
  [SyntaxKind.ForOfStatement, "loop"],
  [SyntaxKind.WhileStatement, "loop"],
  [SyntaxKind.DoStatement, "loop"],
  [SyntaxKind.SwitchStatement, "switch"],
  [SyntaxKind.TryStatement, "try"],
  [SyntaxKind.FunctionDeclaration, "function"],
  [SyntaxKind.ClassDeclaration, "class"],
  [SyntaxKind.ImportDeclaration, "import"],
  [SyntaxKind.ImportEqualsDeclaration, "import"],
]);

function statementFact(f: FunctionLowering, node: ts.Statement, parent: number): StatementFact {
  const { file } = f;
  const kind = kinds.get(node.kind) ?? "other";
  const fact = { kind, span: file.ownSpan(node), parent, function: f.id };
  if (!ts.isTryStatement(node)) return fact;
  const parameter = node.catchClause?.variableDeclaration?.name;
  return {
    ...fact,
    body: file.ownSpan(node.tryBlock),
    ...(node.catchClause && { catch: file.ownSpan(node.catchClause.block) }),
    ...(parameter && ts.isIdentifier(parameter) && { catchParameter: parameter.text }),
    ...(node.finallyBlock && { finally: file.ownSpan(node.finallyBlock) }),
  };
}

/** Function declarations have their value before the first statement runs. */
function hoist(f: FunctionLowering, node: ts.FunctionDeclaration): void {
  if (node.body) {
    const variable = node.name ? f.scope.value(node.name.text) : undefined;
    const id = lowerFunction(f, node, { kind: "function", name: node.name });
    const dst = f.next();
    const at = f.file.span(node.name ?? node);
    f.emit({ op: "closure", dst, function: id, span: f.file.span(node) });
    const exported = exportDeclared(f, node);
    const target = variable ?? exported;
    if (target !== undefined) f.store(target, dst, at);
  } else exportDeclared(f, node);
}

function dispatch(f: FunctionLowering, node: ts.Statement): void {
  const { file } = f;
  switch (node.kind) {
    case SyntaxKind.ExpressionStatement:
      documentAssignment(f, node as ts.ExpressionStatement);
      effect(f, (node as ts.ExpressionStatement).expression);
      return;
    case SyntaxKind.VariableStatement:
      variables(f, (node as ts.VariableStatement).declarationList, node);
      exportDeclared(f, node as ts.VariableStatement);
      return;
    case SyntaxKind.Block:
      scoped(f, (node as ts.Block).statements);
      return;
    case SyntaxKind.ReturnStatement: {
      const { expression } = node as ts.ReturnStatement;
      const result = expression && value(f, expression, "returned");
      returnFrom(f, result, file.span(node));
      return;
    }
    case SyntaxKind.ThrowStatement: {
      const thrown = value(f, (node as ts.ThrowStatement).expression);
      f.end({ kind: "throw", value: thrown, span: file.span(node) });
      return;
    }
    case SyntaxKind.IfStatement:
      ifChain(f, node as ts.IfStatement);
      return;
    case SyntaxKind.WhileStatement:
      whileLoop(f, node as ts.WhileStatement, []);
      return;
    case SyntaxKind.DoStatement:
      doLoop(f, node as ts.DoStatement, []);
      return;
    case SyntaxKind.ForStatement:
      forLoop(f, node as ts.ForStatement, []);
      return;
    case SyntaxKind.ForOfStatement:
      forOf(f, node as ts.ForOfStatement, []);
      return;
    case SyntaxKind.ForInStatement:
      forIn(f, node as ts.ForInStatement, []);
      return;
    case SyntaxKind.SwitchStatement:
      switchStatement(f, node as ts.SwitchStatement, []);
      return;
    case SyntaxKind.TryStatement:
      tryStatement(f, node as ts.TryStatement);
      return;
    case SyntaxKind.BreakStatement:
    case SyntaxKind.ContinueStatement:
      jump(f, node as ts.BreakOrContinueStatement);
      return;
    case SyntaxKind.LabeledStatement:
      labelled(f, node as ts.LabeledStatement);
      return;
    case SyntaxKind.ClassDeclaration: {
      const { name } = node as ts.ClassDeclaration;
      const dst = lowerClass(f, node as ts.ClassDeclaration, name);
      const exported = exportDeclared(f, node as ts.ClassDeclaration);
      const target = (name && f.scope.value(name.text)) ?? exported;
      if (target !== undefined) f.store(target, dst, file.span(name ?? node));
      return;
    }
    case SyntaxKind.EnumDeclaration:
      enumObject(f, node as ts.EnumDeclaration);
      exportDeclared(f, node as ts.EnumDeclaration);
      return;
    case SyntaxKind.ModuleDeclaration:
      namespaceObject(f, node as ts.ModuleDeclaration);
      exportDeclared(f, node as ts.ModuleDeclaration);
      return;
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.TypeAliasDeclaration:
      declareType(f, node as ts.InterfaceDeclaration | ts.TypeAliasDeclaration);
      exportDeclared(f, node as ts.InterfaceDeclaration | ts.TypeAliasDeclaration);
      return;
    case SyntaxKind.ImportEqualsDeclaration:
      importEquals(f, node as ts.ImportEqualsDeclaration);
      exportDeclared(f, node as ts.ImportEqualsDeclaration);
      return;
    case SyntaxKind.ExportAssignment:
      exportAssignment(f, node as ts.ExportAssignment);
      return;
    case SyntaxKind.ExportDeclaration:
      exportDeclaration(f, node as ts.ExportDeclaration);
      return;
    case SyntaxKind.WithStatement:
      value(f, (node as ts.WithStatement).expression);
      lowerStatement(f, (node as ts.WithStatement).statement);
      return;
  }
}

/** The doc comment of `exports.f = function …` and `this.pool = …` speaks of what is assigned. */
function documentAssignment(f: FunctionLowering, node: ts.ExpressionStatement): void {
  const { expression } = node;
  if (ts.isBinaryExpression(expression)) documents(f, node, expression.right);
}

/** `const a = f(), { b } = g();` `documented` is the node whose doc comment may carry a type. */
export function variables(f: FunctionLowering, list: ts.VariableDeclarationList, documented: ts.Node): void {
  const kind = listKind(list);
  for (const { name, type, initializer } of list.declarations) {
    if (ts.isIdentifier(name)) {
      const declared = type ? typeRef(f, type) : docType(f, documented);
      const variable = f.scope.value(name.text);
      if (declared && variable !== undefined) f.file.variables[variable]!.type = declared;
    }
    if (initializer) {
      documents(f, documented, initializer);
      if (heldBy(list)) f.file.managed = callIn(initializer);
      bind(f, name, value(f, initializer, "used", name));
    } else if (kind === "let" && ts.isIdentifier(name) && !isAmbient(documented)) {
      // A loop's second round starts without a value too.
      bind(f, name, f.literal(undefined, f.file.span(name)));
    }
  }
}

const isAmbient = (node: ts.Node): boolean =>
  ts.isVariableStatement(node) && (node.modifiers?.some(({ kind }) => kind === SyntaxKind.DeclareKeyword) ?? false);

/** The call whose result a declaration holds, through `await` and what does nothing. */
function callIn(expression: ts.Expression): ts.Node {
  let at = unwrap(expression);
  while (ts.isAwaitExpression(at)) at = unwrap(at.expression);
  return at;
}

/** `if … else if … else`, without recursion along the chain. */
function ifChain(f: FunctionLowering, first: ts.IfStatement): void {
  const after = f.open();
  const outer = f.statement;
  let node: ts.IfStatement = first;
  for (;;) {
    const yes = f.open();
    const no = node.elseStatement ? f.open() : after;
    condition(f, node.expression, yes, no);
    f.start(yes);
    lowerStatement(f, node.thenStatement);
    f.goto(after);
    const { elseStatement } = node;
    if (!elseStatement) break;
    f.start(no);
    if (!ts.isIfStatement(elseStatement)) {
      lowerStatement(f, elseStatement);
      f.goto(after);
      break;
    }
    node = elseStatement;
    const known = f.copying > 0 ? f.file.once.statements.get(node) : undefined;
    const index = known ?? f.file.statements.length;
    if (known === undefined) {
      if (f.copying > 0) f.file.once.statements.set(node, index);
      f.file.statements.push(statementFact(f, node, f.statement));
    }
    f.statement = index;
  }
  f.statement = outer;
  f.meet(after);
}

function switchStatement(f: FunctionLowering, node: ts.SwitchStatement, labels: readonly string[]): void {
  value(f, node.expression);
  const { clauses } = node.caseBlock;
  // What a case compares with may call something; it runs before any body.
  for (const clause of clauses) {
    if (ts.isCaseClause(clause) && !ts.isLiteralExpression(clause.expression)) value(f, clause.expression);
  }
  const after = f.open();
  const blocks = clauses.map(() => f.open());
  const hasDefault = clauses.some(ts.isDefaultClause);
  f.end({ kind: "choice", to: hasDefault ? blocks : [...blocks, after], span: f.file.span(node.expression) });
  const frames = f.frames;
  const outside = f.scope;
  f.frames = [...frames, { kind: "target", labels, breakTo: after, continueTo: undefined, takesPlainBreak: true }];
  f.scope = new Scope(outside);
  const statements = clauses.flatMap((clause) => [...clause.statements]);
  declareStatements(f, statements);
  for (const statement of statements) if (ts.isFunctionDeclaration(statement)) record(f, statement, hoist);
  clauses.forEach((clause, index) => {
    // Falls through from the clause before.
    f.goto(blocks[index]!);
    f.start(blocks[index]!);
    rest(f, clause.statements, 0);
  });
  f.goto(after);
  f.scope = outside;
  f.frames = frames;
  f.meet(after);
}

function labelled(f: FunctionLowering, first: ts.LabeledStatement): void {
  const labels: string[] = [];
  let node: ts.Statement = first;
  while (ts.isLabeledStatement(node)) {
    labels.push(node.label.text);
    node = node.statement;
  }
  const inner = node;
  switch (inner.kind) {
    case SyntaxKind.WhileStatement:
      record(f, inner, () => whileLoop(f, inner as ts.WhileStatement, labels));
      return;
    case SyntaxKind.DoStatement:
      record(f, inner, () => doLoop(f, inner as ts.DoStatement, labels));
      return;
    case SyntaxKind.ForStatement:
      record(f, inner, () => forLoop(f, inner as ts.ForStatement, labels));
      return;
    case SyntaxKind.ForOfStatement:
      record(f, inner, () => forOf(f, inner as ts.ForOfStatement, labels));
      return;
    case SyntaxKind.ForInStatement:
      record(f, inner, () => forIn(f, inner as ts.ForInStatement, labels));
      return;
    case SyntaxKind.SwitchStatement:
      record(f, inner, () => switchStatement(f, inner as ts.SwitchStatement, labels));
      return;
  }
  const frames = f.frames;
  const after = f.open();
  f.frames = [...frames, { kind: "target", labels, breakTo: after, continueTo: undefined, takesPlainBreak: false }];
  lowerStatement(f, inner);
  f.goto(after);
  f.frames = frames;
  f.meet(after);
}
