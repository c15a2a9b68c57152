import type { ts } from "ts-morph";
import type { VariableId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import { LoweredFile } from "../control-flow/lowered-file.ts";
import type { Earlier } from "../control-flow/reuse.ts";

/** What begins no comment, no mark of a merge conflict and no first line of a script. */
const isPlain = new Uint8Array(128);
for (let code = 33; code < 127; code++) if (!"/#<=>|*".includes(String.fromCharCode(code))) isPlain[code] = 1;

/** What is collected while one file is lowered. */
export class FileLowering extends LoweredFile<ts.Node> {
  readonly source: ts.SourceFile;
  readonly text: string;
  readonly language: "typescript" | "javascript";
  /** Whether anything is declared by `var` at all. */
  readonly hasVar: boolean;
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
    this.text = source.text;
    this.hasVar = /\bvar\b/.test(source.text);
    this.language = language;
  }

  /** Where the first token of a node is. Nearly always it is behind some blanks, and the compiler need not be asked. */
  start(node: ts.Node): number {
    const { pos, end } = node;
    const { text } = this;
    for (let at = pos; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === 10 || code === 13 || code === 9) continue;
      return code < 128 && isPlain[code] === 1 ? at : node.getStart(this.source);
    }
    return node.getStart(this.source);
  }

  /** Of what an instruction does. */
  span(node: ts.Node): Span {
    const start = this.start(node);
    return this.shared(start, start > node.end ? start : node.end);
  }

  ownSpan(node: ts.Node): Span {
    const start = this.start(node);
    return { start, end: start > node.end ? start : node.end };
  }
}
