import { ts } from "ts-morph";
import type { VariableFact, VariableId } from "../../core/facts.ts";
import type { FunctionLowering } from "./function-lowering.ts";

const { SyntaxKind, NodeFlags } = ts;

/** Binds `name` in the scope at hand. In a further copy of a `finally` body it is the variable of the first. */
export function declareName(
  f: FunctionLowering,
  name: ts.Identifier,
  kind: VariableFact["kind"],
  scope = f.scope,
): VariableId {
  const known = f.copying > 0 ? f.file.once.variables.get(name) : undefined;
  const variable = known ?? f.file.declare(name.text, kind, f.id, f.file.span(name));
  if (f.copying > 0) f.file.once.variables.set(name, variable);
  if (kind === "type") scope.bindType(name.text, variable);
  else scope.bind(name.text, variable);
  return variable;
}

export function declareNames(
  f: FunctionLowering,
  name: ts.BindingName,
  kind: VariableFact["kind"],
  scope = f.scope,
): void {
  if (ts.isIdentifier(name)) {
    if (kind !== "var" || !scope.binds(name.text)) declareName(f, name, kind, scope);
    return;
  }
  for (const element of name.elements) if (ts.isBindingElement(element)) declareNames(f, element.name, kind, scope);
}

export const listKind = (list: ts.VariableDeclarationList): "var" | "let" | "const" =>
  (list.flags & NodeFlags.BlockScoped) === 0
    ? "var"
    : (list.flags & NodeFlags.BlockScoped) === NodeFlags.Let
      ? "let"
      : "const";

/** Binds what a list of statements declares: functions and classes can be used before their statement. `var` is bound by `declareVars`. */
export function declareStatements(f: FunctionLowering, statements: readonly ts.Statement[]): void {
  for (const statement of statements) declareStatement(f, statement);
}

function declareStatement(f: FunctionLowering, node: ts.Statement): void {
  switch (node.kind) {
    case SyntaxKind.VariableStatement: {
      const { declarationList } = node as ts.VariableStatement;
      const kind = listKind(declarationList);
      if (kind !== "var")
        for (const declaration of declarationList.declarations) declareNames(f, declaration.name, kind);
      return;
    }
    case SyntaxKind.FunctionDeclaration: {
      const { name } = node as ts.FunctionDeclaration;
      // Overloads and a repeated declaration share the first binding.
      if (name && !f.scope.binds(name.text)) declareName(f, name, "function");
      return;
    }
    case SyntaxKind.ClassDeclaration: {
      const { name } = node as ts.ClassDeclaration;
      if (name && !f.scope.binds(name.text)) declareName(f, name, "class");
      return;
    }
    case SyntaxKind.EnumDeclaration:
    case SyntaxKind.ModuleDeclaration: {
      const { name } = node as ts.EnumDeclaration | ts.ModuleDeclaration;
      const isGlobal = (node.flags & NodeFlags.GlobalAugmentation) !== 0;
      if (ts.isIdentifier(name) && !isGlobal && !f.scope.binds(name.text)) declareName(f, name, "const");
      return;
    }
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.TypeAliasDeclaration: {
      const { name } = node as ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
      if (!f.scope.types?.has(name.text)) declareName(f, name, "type");
      return;
    }
    case SyntaxKind.ImportDeclaration:
      declareImport(f, node as ts.ImportDeclaration);
      return;
    case SyntaxKind.ImportEqualsDeclaration:
      declareName(f, (node as ts.ImportEqualsDeclaration).name, "import");
      return;
    case SyntaxKind.LabeledStatement:
      declareStatement(f, (node as ts.LabeledStatement).statement);
      return;
  }
}

function declareImport(f: FunctionLowering, node: ts.ImportDeclaration): void {
  const clause = node.importClause;
  if (!clause || !ts.isStringLiteral(node.moduleSpecifier)) return;
  const specifier = node.moduleSpecifier.text;
  const add = (name: ts.Identifier, imported: string, typeOnly: boolean) => {
    const variable = declareName(f, name, "import");
    f.file.imports.push({ specifier, imported, variable, typeOnly, span: f.file.ownSpan(name) });
  };
  if (clause.name) add(clause.name, "default", clause.isTypeOnly);
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) add(bindings.name, "*", clause.isTypeOnly);
  else
    for (const element of bindings.elements)
      add(element.name, (element.propertyName ?? element.name).text, clause.isTypeOnly || element.isTypeOnly);
}

/** Binds every `var` of a function body, however deep it stands, but not those of inner functions. */
export function declareVars(f: FunctionLowering, node: ts.Node, scope = f.scope): void {
  if (f.file.hasVar) declareVarsIn(f, node, scope);
}

function declareVarsIn(f: FunctionLowering, node: ts.Node, scope: FunctionLowering["scope"]): void {
  switch (node.kind) {
    case SyntaxKind.VariableStatement:
      declareVarList(f, (node as ts.VariableStatement).declarationList, scope);
      return;
    case SyntaxKind.Block:
    case SyntaxKind.SourceFile:
    case SyntaxKind.ModuleBlock:
    case SyntaxKind.CaseClause:
    case SyntaxKind.DefaultClause:
      for (const statement of (node as ts.Block | ts.SourceFile | ts.CaseOrDefaultClause).statements)
        declareVarsIn(f, statement, scope);
      return;
    case SyntaxKind.IfStatement: {
      // `else if` chains of generated code are longer than the stack.
      let at: ts.Statement | undefined = node as ts.Statement;
      while (at?.kind === SyntaxKind.IfStatement) {
        declareVarsIn(f, (at as ts.IfStatement).thenStatement, scope);
        at = (at as ts.IfStatement).elseStatement;
      }
      if (at) declareVarsIn(f, at, scope);
      return;
    }
    case SyntaxKind.ForStatement:
    case SyntaxKind.ForInStatement:
    case SyntaxKind.ForOfStatement: {
      const { initializer } = node as ts.ForStatement | ts.ForInOrOfStatement;
      if (initializer && ts.isVariableDeclarationList(initializer)) declareVarList(f, initializer, scope);
      declareVarsIn(f, (node as ts.IterationStatement).statement, scope);
      return;
    }
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
    case SyntaxKind.LabeledStatement:
    case SyntaxKind.WithStatement:
      declareVarsIn(f, (node as ts.IterationStatement | ts.LabeledStatement | ts.WithStatement).statement, scope);
      return;
    case SyntaxKind.SwitchStatement:
      for (const clause of (node as ts.SwitchStatement).caseBlock.clauses) declareVarsIn(f, clause, scope);
      return;
    case SyntaxKind.TryStatement: {
      const { tryBlock, catchClause, finallyBlock } = node as ts.TryStatement;
      declareVarsIn(f, tryBlock, scope);
      if (catchClause) declareVarsIn(f, catchClause.block, scope);
      if (finallyBlock) declareVarsIn(f, finallyBlock, scope);
      return;
    }
  }
}

function declareVarList(f: FunctionLowering, list: ts.VariableDeclarationList, scope: FunctionLowering["scope"]): void {
  if (listKind(list) !== "var") return;
  for (const declaration of list.declarations) declareNames(f, declaration.name, "var", scope);
}
