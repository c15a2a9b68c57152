import type { ts } from "ts-morph";
import type { VariableId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import { LoweredFile } from "../control-flow/lowered-file.ts";
import type { Earlier } from "../control-flow/reuse.ts";

/** What is collected while one file is lowered. */
export class FileLowering extends LoweredFile<ts.Node> {
  readonly source: ts.SourceFile;
  readonly language: "typescript" | "javascript";
  commonjs: VariableId | undefined;
  /** The call whose result the `using` declaration at hand holds. */
  managed: ts.Node | undefined;
  /** Bindings made for `import("x").Name` in types, by specifier and name. */
  readonly typeImports = new Map<string, VariableId>();
  /** What the doc comment of another node speaks of: the value of a declaration, of a property. */
  readonly documented = new Map<ts.Node, ts.Node>();

  constructor(source: ts.SourceFile, language: "typescript" | "javascript", earlier?: Earlier) {
    super([source.text], earlier);
    this.source = source;
    this.language = language;
  }

  start(node: ts.Node): number {
    return node.getStart(this.source);
  }

  span(node: ts.Node): Span {
    const start = node.getStart(this.source);
    return { start, end: Math.max(start, node.end) };
  }
}
