import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Project, ts } from "ts-morph";

/** Where packages are resolved from: the newest majors, and older ones for names that those have dropped. */
const editions = ["current", "older"] as const;
export type Edition = (typeof editions)[number];

const here = dirname(fileURLToPath(import.meta.url));
export const folders: Readonly<Record<Edition, string>> = { current: here, older: join(here, "older") };

/** The types that a set of type expressions stand for, in each edition; undefined where an expression does not resolve. */
export interface Types {
  readonly checker: ts.TypeChecker;
  /** Where signatures and symbols are asked about. */
  readonly location: ts.Node;
  of(expression: string): readonly ts.Type[];
  /** Why an expression does not resolve, for a message. */
  trouble(expression: string): string;
}

/** Compiles type expressions (`import("pg").PoolClient`) against the packages' own types. */
export function compile(expressions: ReadonlySet<string>, older: ReadonlySet<string>): Types {
  const list = [...expressions];
  const sources = new Map(
    editions.map((edition) => [
      join(folders[edition], "generated.ts"),
      list
        .map((each, index) => (edition === "current" || older.has(each) ? `export type T${index} = ${each};` : ""))
        .join("\n"),
    ]),
  );
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(here, "node_modules", "@types")],
    experimentalDecorators: true,
  };
  const project = new Project({
    compilerOptions: options,
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
  });
  for (const [path, text] of sources) project.createSourceFile(path, text, { overwrite: true });
  const program = project.getProgram().compilerObject;
  const checker = program.getTypeChecker();

  const types = new Map<string, ts.Type[]>();
  const troubles = new Map<string, string>();
  for (const path of sources.keys()) {
    const file = program.getSourceFile(path);
    if (file === undefined) throw new Error(`${path} is not in the program`);
    const broken = new Map<number, string>();
    for (const diagnostic of program.getSemanticDiagnostics(file)) {
      const { line } = file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
      broken.set(line, ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
    }
    for (const statement of file.statements) {
      if (!ts.isTypeAliasDeclaration(statement)) continue;
      const { line } = file.getLineAndCharacterOfPosition(statement.getStart());
      const expression = list[line] ?? "";
      const message = broken.get(line);
      if (message !== undefined) {
        if (!troubles.has(expression)) troubles.set(expression, message);
        continue;
      }
      const type = checker.getTypeAtLocation(statement.type);
      types.set(expression, [...(types.get(expression) ?? []), type]);
    }
  }
  const location = program.getSourceFile([...sources.keys()][0] ?? "");
  if (location === undefined) throw new Error("no generated file");
  return {
    checker,
    location,
    of: (expression) => types.get(expression) ?? [],
    trouble: (expression) => troubles.get(expression) ?? "not compiled",
  };
}
