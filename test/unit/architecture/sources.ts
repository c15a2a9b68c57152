import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";

const folder = fileURLToPath(new URL("../../../server/src/", import.meta.url));

/** A file of server/src as its imports show it. */
export interface Source {
  /** Relative to server/src, with `/`. */
  readonly path: string;
  /** What the rules of architecture speak of: the folder at the top, or the file itself where it stands beside the folders. */
  readonly part: string;
  readonly lines: number;
  /** Paths relative to server/src. */
  readonly files: readonly string[];
  /** Specifiers of packages and node's own modules. */
  readonly packages: readonly string[];
  /** Whether it reads `process`, `fetch` and the like: names that nothing in the file declares. */
  readonly uses: (global: string) => boolean;
}

export const partOf = (path: string): string => path.split("/")[0]!;

export const sources: readonly Source[] = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts"))
  .sort()
  .map(read);

function read(path: string): Source {
  const text = readFileSync(join(folder, path), "utf8");
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const specifiers = specifiersIn(tree);
  return {
    path,
    part: partOf(path),
    lines: text.split("\n").length - 1,
    files: specifiers.filter(isRelative).map((specifier) => normalize(join(dirname(path), specifier))),
    packages: specifiers.filter((specifier) => !isRelative(specifier)),
    uses: (global) => usesGlobal(tree, global),
  };
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith(".");
}

/** Of imports, exports, `import()` and import types. */
function specifiersIn(tree: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (specifier && ts.isStringLiteral(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function usesGlobal(tree: ts.SourceFile, name: string): boolean {
  let used = false;
  let declared = false;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) {
      const { parent } = node;
      if ((ts.isParameter(parent) || ts.isVariableDeclaration(parent)) && parent.name === node) declared = true;
      else if ((ts.isCallExpression(parent) || ts.isPropertyAccessExpression(parent)) && parent.expression === node)
        used = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return used && !declared;
}
