import type { FunctionLowering } from "./function-lowering.ts";
import { addSubmodule, declareImport } from "./names.ts";
import { parts } from "./nodes.ts";
import type { Node } from "./tree.ts";

/** One name that an import statement binds. */
export interface Imported {
  /** The name in this file; `*` for all of a module's. */
  readonly name: string;
  readonly specifier: string;
  /** The name in the module, or `*` for the module itself. */
  readonly imported: string;
  /** `import a.b.c` binds `a`; the module that it makes known besides. */
  readonly module?: string;
  readonly typeOnly: boolean;
  readonly node: Node;
}

/** What an import statement binds, in order. Relative modules keep their dots: `.db`, `..pkg.mod`, `.`. */
export function importsIn(text: string, { children }: Node, typeOnly: boolean): readonly Imported[] {
  const at = children.findIndex(({ type }) => type === "import");
  if (at < 0) return [];
  const textOf = (nodes: readonly Node[]) => nodes.map(({ start, end }) => text.slice(start, end)).join("");
  const listed = parts(children.slice(at + 1));
  if (children[0]?.type === "from") {
    const specifier = textOf(children.slice(1, at));
    if (specifier === "") return [];
    return listed.flatMap((part): Imported[] => {
      const [first] = part;
      if (!first) return [];
      if (first.type === "*") return [{ name: "*", specifier, imported: "*", typeOnly, node: first }];
      if (first.type !== "VariableName") return [];
      const node = aliasIn(part) ?? first;
      return [{ name: textOf([node]), specifier, imported: textOf([first]), typeOnly, node }];
    });
  }
  return listed.flatMap((part): Imported[] => {
    const alias = aliasIn(part);
    const as = part.findIndex(({ type }) => type === "as");
    const path = part.slice(0, as < 0 ? part.length : as);
    const [first] = path;
    if (first?.type !== "VariableName") return [];
    const module = textOf(path);
    if (alias) return [{ name: textOf([alias]), specifier: module, imported: "*", typeOnly, node: alias }];
    const name = textOf([first]);
    return [{ name, specifier: name, imported: "*", typeOnly, node: first, ...(module !== name && { module }) }];
  });
}

function aliasIn(part: readonly Node[]): Node | undefined {
  const as = part.findIndex(({ type }) => type === "as");
  const alias = as < 0 ? undefined : part[as + 1];
  return alias?.type === "VariableName" ? alias : undefined;
}

/** Imports have their values before the file runs; a name that is bound in several ways gets its value where the statement stands. */
export function importStatement(f: FunctionLowering, node: Node): void {
  for (const imported of importsIn(f.file.text, node, f.file.typeChecking > 0)) {
    f.scope.assign(imported.name);
    const meaning = f.scope.find(imported.name);
    if (meaning?.kind !== "variable") continue;
    const fact = f.file.variables[meaning.variable];
    if (fact?.kind === "import") {
      if (imported.module !== undefined) addSubmodule(f, meaning.variable, imported.name, imported, imported.module);
      continue;
    }
    const known = f.copying > 0 ? f.file.once.variables.get(imported.node) : undefined;
    const variable = known ?? declareImport(f, imported, imported.node);
    if (f.copying > 0) f.file.once.variables.set(imported.node, variable);
    f.scope.importType(imported.name, variable);
    const at = f.file.span(imported.node);
    f.store(meaning.variable, f.load(variable, at), at);
  }
}
