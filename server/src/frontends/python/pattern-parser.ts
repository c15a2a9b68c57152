import { around } from "./expression-parser.ts";
import { irregular } from "./lexer.ts";
import { StringParser } from "./string-parser.ts";
import type { Node } from "./tree.ts";

/** Reads what stands after `case`. Of what is rare (mappings, complex numbers) the grammar knows more. */
export abstract class PatternParser extends StringParser {
  protected readonly pattern = (found: Node[]): void => {
    if (this.is("*")) {
      found.push(around("StarPattern", [this.leaf(), this.alternative()]));
      return;
    }
    const pattern = this.alternatives();
    if (this.is("as")) found.push(around("AsPattern", [pattern, this.leaf(), this.name()]));
    else found.push(pattern);
  };

  private alternatives(): Node {
    const first = this.alternative();
    if (!this.is("|")) return first;
    const found = [first];
    while (this.is("|")) found.push(this.leaf("LogicOp"), this.alternative());
    return around("OrPattern", found);
  }

  private alternative(): Node {
    switch (this.kind) {
      case "string": {
        const text = this.strings();
        if (text.type !== "String") throw irregular;
        return around("LiteralPattern", [text]);
      }
      case "None":
        return around("LiteralPattern", [this.leaf()]);
      case "True":
      case "False":
        return around("LiteralPattern", [this.leaf("Boolean")]);
      case "number":
        return around("LiteralPattern", [this.leaf("Number")]);
      case "name":
        return this.nameOrClass();
      case "[":
      case "(":
        return this.sequence(this.is("[") ? "]" : ")");
      default:
        throw irregular;
    }
  }

  private nameOrClass(): Node {
    const name = this.leaf("VariableName");
    const path = [name];
    while (this.is(".")) path.push(this.leaf(), this.property());
    const isPath = path.length > 1;
    const value = isPath ? around("AttributePattern", path) : name;
    if (!this.is("(")) return isPath ? value : around("CapturePattern", [name]);
    const found = [this.open()];
    // The grammar misses a pattern in `User()`, and makes one up.
    if (this.is(")")) throw irregular;
    this.patterns(found, this.patternArgument, ")");
    found.push(this.close(")"));
    return around("ClassPattern", [value, around("PatternArgList", found)]);
  }

  private readonly patternArgument = (found: Node[]): void => {
    const before = found.length;
    this.pattern(found);
    if (!this.is("=")) return;
    const [name] = found[before]?.type === "CapturePattern" ? found[before].children : [];
    if (!name) throw irregular;
    this.next();
    const given: Node[] = [];
    this.pattern(given);
    found[before] = around("KeywordPattern", [name, ...given]);
  };

  private sequence(end: string): Node {
    const found = [this.open()];
    if (this.is(end)) throw irregular;
    this.patterns(found, this.pattern, end);
    found.push(this.close(end));
    return around("SequencePattern", found);
  }

  private patterns(found: Node[], one: (found: Node[]) => void, end: string): void {
    for (;;) {
      one(found);
      if (!this.is(",")) return;
      found.push(this.leaf());
      if (this.is(end)) return;
    }
  }
}
