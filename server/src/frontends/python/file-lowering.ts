import type { VariableId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import { LoweredFile } from "../control-flow/lowered-file.ts";
import type { Earlier } from "../control-flow/reuse.ts";
import type { Node, Parsed } from "./tree.ts";

/** What is collected while one file is lowered. */
export class FileLowering extends LoweredFile<Node> {
  readonly text: string;
  readonly parsed: Parsed;
  /** The modules of `from x import *`, in order. */
  readonly stars: string[] = [];
  /** Bindings of names that only a star import can bring, by name. */
  readonly starred = new Map<string, readonly VariableId[]>();
  /** `import a.b.c` binds `a`; by its variable, what `a.b.c` is. */
  readonly submodules = new Map<VariableId, Map<string, VariableId>>();
  /** How many `if TYPE_CHECKING:` the code at hand is inside of. */
  typeChecking = 0;
  /** Whether an expression can bind a name at all. */
  readonly hasWalrus: boolean;

  constructor(parsed: Parsed, earlier?: Earlier) {
    super([parsed.text, parsed.mended], earlier);
    this.parsed = parsed;
    this.text = parsed.text;
    this.hasWalrus = parsed.text.includes(":=");
  }

  /** Of what an instruction does. */
  span({ start, end }: Node): Span {
    return this.shared(start, end);
  }

  ownSpan({ start, end }: Node): Span {
    return { start, end };
  }

  textOf({ start, end }: Node): string {
    return this.text.slice(start, end);
  }
}
