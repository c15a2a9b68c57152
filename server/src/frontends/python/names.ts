import type { VariableFact, VariableId } from "../../core/facts.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { type Imported, importsIn } from "./imports.ts";
import { statementsOf, unwrap } from "./nodes.ts";
import { type Node, written } from "./tree.ts";

interface Found {
  readonly node: Node;
  readonly kind: VariableFact["kind"];
  count: number;
  /** What it is imported as, each once; undefined where it is bound in another way too. */
  imports: Imported[] | undefined;
}

interface Names {
  readonly bound: Map<string, Found>;
  /** `global`, `nonlocal`: names of elsewhere. */
  readonly elsewhere: Map<string, "global" | "nonlocal">;
}

/** Binds every name that a body assigns, however deep it stands, but not those of inner functions. */
export function declareNames(f: FunctionLowering, body: readonly Node[]): void {
  const names: Names = { bound: new Map(), elsewhere: new Map() };
  const visitor = new Visitor(f, names);
  for (const statement of body) visitor.statement(statement);
  for (const [name, where] of names.elsewhere) {
    names.bound.delete(name);
    if (where === "global") bindGlobal(f, name, body[0]);
  }
  for (const [name, found] of names.bound) if (!f.scope.names.has(name)) declare(f, name, found);
}

function declare(f: FunctionLowering, name: string, { node, kind, count, imports }: Found): void {
  const { file } = f;
  if (imports?.length === 1) {
    const variable = declareImport(f, imports[0]!, node);
    f.scope.names.set(name, { kind: "variable", variable });
    return;
  }
  const isOnce = count === 1 || kind === "function" || kind === "class";
  const isPlain = kind === "let" || kind === "import";
  const variable = file.declare(name, isPlain ? (isOnce ? "const" : "let") : kind, f.id, file.span(node));
  f.scope.names.set(name, { kind: "variable", variable });
}

/** A binding of its own for one import. */
export function declareImport(f: FunctionLowering, imported: Imported, node: Node): VariableId {
  const { file } = f;
  const variable = file.declare(imported.name, "import", f.id, file.span(node));
  const { specifier, name, module } = imported;
  file.imports.push({
    specifier,
    imported: imported.imported,
    variable,
    typeOnly: imported.typeOnly,
    span: file.ownSpan(imported.node),
  });
  if (module !== undefined) addSubmodule(f, variable, name, imported, module);
  return variable;
}

/** `import a.b` binds `a`, and makes `a.b` known under that name. */
export function addSubmodule(
  f: FunctionLowering,
  variable: VariableId,
  name: string,
  imported: Imported,
  module: string,
): void {
  const { file } = f;
  let known = file.submodules.get(variable);
  if (!known) {
    known = new Map();
    file.submodules.set(variable, known);
  }
  if (known.has(module)) return;
  const whole = file.declare(name, "import", f.id, file.span(imported.node));
  const { typeOnly, node } = imported;
  file.imports.push({ specifier: module, imported: "*", variable: whole, typeOnly, span: file.ownSpan(node) });
  known.set(module, whole);
}

function bindGlobal(f: FunctionLowering, name: string, node: Node | undefined): void {
  f.file.reuse?.spoil();
  const { module } = f.scope;
  let meaning = module.names.get(name);
  if (!meaning) {
    const at = node ? f.file.span(node) : { start: 0, end: 0 };
    meaning = { kind: "variable", variable: f.file.declare(name, "let", 0, at) };
    module.names.set(name, meaning);
  }
  f.scope.names.set(name, meaning);
}

/** Binds the names of targets in the scope at hand: those of a comprehension. */
export function bindTargets(f: FunctionLowering, targets: readonly Node[]): void {
  const names: Names = { bound: new Map(), elsewhere: new Map() };
  new Visitor(f, names).targets(targets);
  for (const [name, { node }] of names.bound) {
    const known = f.copying > 0 ? f.file.once.variables.get(node) : undefined;
    const variable = known ?? f.file.declare(name, "const", f.id, f.file.span(node));
    if (f.copying > 0) f.file.once.variables.set(node, variable);
    f.scope.names.set(name, { kind: "variable", variable });
  }
}

/** Deeper than this, statements are generated code; their names are not found. */
const deepest = 400;

class Visitor {
  #depth = 0;
  #typeChecking = 0;

  constructor(
    private readonly f: FunctionLowering,
    private readonly names: Names,
  ) {}

  statement(node: Node): void {
    if (this.#depth > deepest) return;
    this.#depth++;
    this.#visit(node);
    this.#depth--;
  }

  targets(nodes: readonly Node[]): void {
    for (const node of nodes) this.#target(node);
  }

  #visit(node: Node): void {
    const { children } = node;
    if (this.f.file.hasWalrus && node.type !== "FunctionDefinition" && node.type !== "ClassDefinition")
      this.#walrus(node);
    switch (node.type) {
      case "AssignStatement": {
        const last = children.findLastIndex(({ type }) => type === "AssignOp");
        const end = last < 0 ? children.findIndex(({ type }) => type === "TypeDef") : last;
        for (const child of children.slice(0, end < 0 ? 0 : end)) this.#target(child);
        return;
      }
      case "UpdateStatement":
        if (children[0]?.type === "VariableName") this.#bind(children[0], "let");
        return;
      case "ForStatement": {
        const end = children.findIndex(({ type }) => type === "in");
        for (const child of children.slice(0, end < 0 ? 0 : end)) this.#target(child);
        break;
      }
      case "WithStatement":
        children.forEach((child, index) => {
          if (children[index - 1]?.type === "as") this.#target(child);
        });
        break;
      case "TryStatement":
        children.forEach((child, index) => {
          if (children[index - 1]?.type === "as") this.#bind(child, "catch");
        });
        break;
      case "FunctionDefinition":
      case "ClassDefinition":
      case "TypeDefinition": {
        const name = children.find(({ type }) => type === "VariableName");
        const kind = node.type === "ClassDefinition" ? "class" : node.type === "TypeDefinition" ? "type" : "function";
        if (name) this.#bind(name, kind);
        return;
      }
      case "DecoratedStatement":
        for (const child of children) if (child.type !== "Decorator") this.statement(child);
        return;
      case "ImportStatement":
        for (const imported of importsIn(this.f.file.text, node, this.#typeChecking > 0)) this.#import(imported);
        return;
      case "ScopeStatement": {
        const where = children[0]?.type === "global" ? "global" : "nonlocal";
        for (const child of children) {
          if (child.type === "VariableName") this.names.elsewhere.set(this.f.file.textOf(child), where);
        }
        return;
      }
      case "MatchStatement":
        this.#captures(node);
        break;
    }
    const isTypeOnly = node.type === "IfStatement" && testsTypeChecking(this.f.file.text, node);
    if (isTypeOnly) this.#typeChecking++;
    for (const child of children) {
      if (child.type === "Body") for (const statement of statementsOf(child)) this.statement(statement);
      else if (child.type === "MatchBody") {
        for (const clause of child.children) {
          for (const inner of clause.children) {
            if (inner.type === "Body") for (const statement of statementsOf(inner)) this.statement(statement);
          }
        }
      }
    }
    if (isTypeOnly) this.#typeChecking--;
  }

  #target(target: Node): void {
    const node = unwrap(written(this.f.file.text, target));
    if (node.type === "VariableName") this.#bind(node, "let");
    else if (node.type === "TupleExpression" || node.type === "ArrayExpression")
      for (const child of node.children) this.#target(child);
  }

  #captures(node: Node): void {
    for (const child of node.children) {
      if (child.type === "Body") continue;
      if (child.type === "CapturePattern") {
        const [name] = child.children;
        if (name && this.f.file.textOf(name) !== "_") this.#bind(name, "let");
      } else if (child.type === "AsPattern") {
        const name = child.children[child.children.length - 1];
        if (name?.type === "VariableName") this.#bind(name, "let");
        this.#captures(child);
      } else this.#captures(child);
    }
  }

  /** `:=` binds in the function, from comprehensions too. */
  #walrus(node: Node): void {
    for (const child of node.children) {
      if (child.type === "Body" || child.type === "LambdaExpression") continue;
      if (child.type === "NamedExpression" && child.children[0]) this.#target(child.children[0]);
      if (child.children.length > 0) this.#walrus(child);
    }
  }

  #import(imported: Imported): void {
    if (imported.name === "*") {
      if (!this.f.file.stars.includes(imported.specifier)) this.f.file.stars.push(imported.specifier);
      return;
    }
    const found = this.#bind(imported.node, "import", imported.name);
    if (found.count === 1) found.imports = [imported];
    else if (found.imports?.every((one) => !sameImport(one, imported))) found.imports.push(imported);
  }

  #bind(node: Node, kind: Found["kind"], name = this.f.file.textOf(node)): Found {
    const known = this.names.bound.get(name);
    if (known) {
      known.count++;
      if (kind !== "import") known.imports = undefined;
      if (known.kind !== kind) {
        const changed: Found = { ...known, kind: "let" };
        this.names.bound.set(name, changed);
        return changed;
      }
      return known;
    }
    const made: Found = { node, kind, count: 1, imports: undefined };
    this.names.bound.set(name, made);
    return made;
  }
}

const sameImport = (a: Imported, b: Imported): boolean => a.specifier === b.specifier && a.imported === b.imported;

/** `if TYPE_CHECKING:` holds what only a type checker reads. */
export function testsTypeChecking(text: string, { children }: Node): boolean {
  const [, test] = children;
  return test !== undefined && /^(?:\w+\.)?TYPE_CHECKING$/.test(text.slice(test.start, test.end));
}
