import { irregular, Lexer } from "./lexer.ts";
import type { Node } from "./tree.ts";

/** Shared by all leaves: most nodes are one. */
const none: readonly Node[] = [];

/** Nodes are made in one place, so that all have one shape. */
export const nodeOf = (type: string, start: number, end: number, children: readonly Node[] = none): Node => ({
  type,
  start,
  end,
  children,
});

/** A node around its children. */
export const around = (type: string, children: readonly Node[]): Node =>
  nodeOf(type, children[0]!.start, children[children.length - 1]!.end, children);

/** How strongly binary operators bind. Those from `|` on are operators of values, those before it of truth. */
const strengths: Readonly<Record<string, number>> = {
  ...{ or: 1, and: 2, in: 3, not: 3, is: 3, "<": 3, ">": 3, "<=": 3, ">=": 3, "==": 3, "!=": 3, "<>": 3 },
  ...{ "|": 4, "^": 5, "&": 6, "<<": 7, ">>": 7, "+": 8, "-": 8, "*": 9, "/": 9, "//": 9, "%": 9, "@": 9, "**": 11 },
};
export const comparing = 3;
/** Of `-a`: weaker than `**`. */
const sign = 10;

const operatorTypes: Readonly<Record<string, string>> = {
  ...{ "<": "CompareOp", ">": "CompareOp", "<=": "CompareOp", ">=": "CompareOp", "==": "CompareOp" },
  ...{ "!=": "CompareOp", "<>": "CompareOp", "|": "BitOp", "^": "BitOp", "&": "BitOp", "<<": "BitOp", ">>": "BitOp" },
  ...{ "+": "ArithOp", "-": "ArithOp", "*": "ArithOp", "/": "ArithOp", "//": "ArithOp", "%": "ArithOp" },
  ...{ "@": "ArithOp", "**": "ArithOp", "~": "BitOp" },
};

const strengthsOf = new Map(Object.entries(strengths));
const typesOf = new Map(Object.entries(operatorTypes));

/** Reads expressions as the grammar does, its oddities included: `not` and `await` take all that follows, `not a or b` is `not (a or b)`. */
export abstract class ExpressionParser extends Lexer {
  /** Asked in place of comparing: after one answer the token at hand may be another. */
  protected is(kind: string): boolean {
    return this.kind === kind;
  }

  /** The token at hand as a leaf, and on to the next. */
  protected leaf(type = this.kind): Node {
    const node = nodeOf(type, this.start, this.end);
    this.next();
    return node;
  }

  protected expect(kind: string, type = kind): Node {
    if (!this.is(kind)) throw irregular;
    return this.leaf(type);
  }

  protected name(): Node {
    return this.expect("name", "VariableName");
  }

  protected open(): Node {
    this.brackets++;
    return this.leaf();
  }

  protected close(kind: string): Node {
    if (!this.is(kind)) throw irregular;
    this.brackets--;
    return this.leaf();
  }

  /** A list up to a token that ends it, with a comma after the last where one is. */
  protected commas(found: Node[], one: (found: Node[]) => void): void {
    for (;;) {
      one(found);
      if (!this.is(",")) return;
      found.push(this.leaf());
      if (!this.begins()) return;
    }
  }

  /** Whether an expression, or a starred one, can begin here. */
  protected begins(): boolean {
    switch (this.kind) {
      case "name":
      case "number":
      case "string":
      case "(":
      case "[":
      case "{":
      case "-":
      case "+":
      case "~":
      case "*":
      case "**":
      case "not":
      case "await":
      case "lambda":
      case "None":
      case "True":
      case "False":
      case "...":
      case "yield":
        return true;
      default:
        return false;
    }
  }

  protected readonly test = (found: Node[]): void => {
    found.push(this.testNode());
  };

  protected readonly starredOrTest = (found: Node[]): void => {
    if (this.is("*")) found.push(this.leaf(), this.expression(comparing));
    else found.push(this.testNode());
  };

  protected readonly starredOrNamed = (found: Node[]): void => {
    if (this.is("*")) found.push(this.leaf(), this.expression(comparing));
    else found.push(this.named());
  };

  protected readonly target = (found: Node[]): void => {
    if (this.is("*")) found.push(this.leaf());
    found.push(this.expression(comparing));
  };

  protected testNode(): Node {
    if (this.is("lambda")) return this.lambda();
    const value = this.inner(0);
    if (!this.is("if")) return value;
    const keyword = this.leaf();
    const condition = this.inner(0);
    const otherwise = this.expect("else");
    return around("ConditionalExpression", [value, keyword, condition, otherwise, this.testNode()]);
  }

  protected named(): Node {
    const test = this.testNode();
    if (!this.is(":=")) return test;
    return around("NamedExpression", [test, this.leaf("AssignOp"), this.testNode()]);
  }

  private lambda(): Node {
    const found = [this.leaf()];
    const end = this.last;
    const parameters: Node[] = [];
    while (!this.is(":")) {
      if (this.is("*")) {
        parameters.push(this.leaf());
        if (this.is("name")) parameters.push(this.leaf("VariableName"));
      } else if (this.is("**")) parameters.push(this.leaf(), this.name());
      else {
        parameters.push(this.name());
        if (this.is("=")) parameters.push(this.leaf("AssignOp"), this.testNode());
      }
      if (!this.is(",")) break;
      parameters.push(this.leaf());
      if (this.is(":")) throw irregular;
    }
    found.push(parameters.length > 0 ? around("ParamList", parameters) : nodeOf("ParamList", end, end));
    found.push(this.expect(":"), this.testNode());
    return around("LambdaExpression", found);
  }

  /** Operators that bind more strongly than `than`. */
  protected inner(than: number): Node {
    if (this.is("not")) return around("UnaryExpression", [this.leaf(), this.inner(0)]);
    let left = this.expression(comparing);
    for (;;) {
      const strength = strengthsOf.get(this.kind);
      if (strength === undefined || strength <= than || strength > comparing) return left;
      const found = [left];
      const isNot = this.is("not");
      const isIs = this.is("is");
      found.push(this.leaf(typesOf.get(this.kind)));
      if (isNot) found.push(this.expect("in"));
      else if (isIs && this.is("not")) found.push(this.leaf());
      found.push(this.inner(strength));
      left = around("BinaryExpression", found);
    }
  }

  protected expression(than: number): Node {
    let left = this.operand();
    for (;;) {
      const strength = strengthsOf.get(this.kind);
      if (strength === undefined || strength <= than) return left;
      const operator = this.operator();
      // `**` alone groups to the right.
      const right = this.expression(operator.end - operator.start === 2 && strength > sign ? sign : strength);
      left = around("BinaryExpression", [left, operator, right]);
    }
  }

  /** What can stand for something else is a token of its own, in the operator. */
  private operator(): Node {
    const { kind } = this;
    const type = typesOf.get(kind)!;
    if (kind !== "*" && kind !== "**" && kind !== "@") return this.leaf(type);
    return around(type, [this.leaf()]);
  }

  private operand(): Node {
    switch (this.kind) {
      case "+":
      case "-":
      case "~":
        return around("UnaryExpression", [this.leaf(typesOf.get(this.kind)), this.expression(sign)]);
      case "await":
        return around("AwaitExpression", [this.leaf(), this.expression(comparing)]);
      default:
        return this.trailed(this.atom());
    }
  }

  private trailed(atom: Node): Node {
    let left = atom;
    for (;;) {
      if (this.is(".")) left = around("MemberExpression", [left, this.leaf(), this.property()]);
      else if (this.is("(")) left = around("CallExpression", [left, this.argumentList()]);
      else if (this.is("[")) {
        const found = [left, this.open()];
        do this.subscript(found);
        while (!this.is("]"));
        found.push(this.close("]"));
        left = around("MemberExpression", found);
      } else return left;
    }
  }

  /** After a dot, any word is a name. */
  protected property(): Node {
    const code = this.text.charCodeAt(this.start);
    const isWord = this.is("name") || (code >= 65 && code <= 122 && code !== 91 && code !== 93);
    if (!isWord || this.is("string")) throw irregular;
    return this.leaf("PropertyName");
  }

  private subscript(found: Node[]): void {
    if (!this.is(":")) found.push(this.named());
    for (let colons = 0; colons < 2 && this.is(":"); colons++) {
      found.push(this.leaf());
      if (this.begins()) found.push(this.named());
    }
    if (this.is(",")) found.push(this.leaf());
    else if (!this.is("]")) throw irregular;
  }

  protected argumentList(): Node {
    const found = [this.open()];
    if (!this.is(")")) this.commas(found, this.argument);
    found.push(this.close(")"));
    return around("ArgList", found);
  }

  private readonly argument = (found: Node[]): void => {
    if (this.is("*") || this.is("**")) {
      found.push(this.leaf(), this.testNode());
      return;
    }
    const value = this.testNode();
    found.push(value);
    if ((this.is("=") || this.is(":=")) && value.type === "VariableName")
      found.push(this.leaf("AssignOp"), this.testNode());
    if (this.is("for") || this.is("async")) this.comprehension(found);
  };

  /** `for x in y if z`, in the node of what it makes. */
  private comprehension(found: Node[]): void {
    while (this.is("for") || this.is("async") || this.is("if")) {
      if (this.is("if")) {
        found.push(this.leaf(), this.inner(0));
        continue;
      }
      if (this.is("async")) found.push(this.leaf());
      found.push(this.expect("for"));
      this.commas(found, this.unstarred);
      found.push(this.expect("in"), this.inner(0));
    }
  }

  protected readonly unstarred = (found: Node[]): void => {
    found.push(this.expression(comparing));
  };

  private atom(): Node {
    switch (this.kind) {
      case "name":
        return this.leaf("VariableName");
      case "number":
        return this.leaf("Number");
      case "string":
        return this.strings();
      case "None":
        return this.leaf();
      case "True":
      case "False":
        return this.leaf("Boolean");
      case "...":
        return this.leaf("Ellipsis");
      case "(":
        return this.parenthesized();
      case "[":
        return this.list();
      case "{":
        return this.braces();
      default:
        throw irregular;
    }
  }

  private parenthesized(): Node {
    const found = [this.open()];
    if (this.is(")")) {
      found.push(this.close(")"));
      return around("TupleExpression", found);
    }
    let type = "ParenthesizedExpression";
    if (this.is("yield")) found.push(this.yielded("YieldExpression"));
    else {
      this.starredOrNamed(found);
      if (this.is("for") || this.is("async")) {
        type = "ComprehensionExpression";
        this.comprehension(found);
      } else if (this.is(",")) {
        type = "TupleExpression";
        found.push(this.leaf());
        if (this.begins()) this.commas(found, this.starredOrNamed);
      }
    }
    found.push(this.close(")"));
    return around(type, found);
  }

  private list(): Node {
    const found = [this.open()];
    let type = "ArrayExpression";
    if (!this.is("]")) {
      this.starredOrNamed(found);
      if (this.is("for") || this.is("async")) {
        type = "ArrayComprehensionExpression";
        this.comprehension(found);
      } else if (this.is(",")) {
        found.push(this.leaf());
        if (this.begins()) this.commas(found, this.starredOrNamed);
      }
    }
    found.push(this.close("]"));
    return around(type, found);
  }

  private braces(): Node {
    const found = [this.open()];
    if (this.is("}")) {
      found.push(this.close("}"));
      return around("DictionaryExpression", found);
    }
    const isSet = !this.is("**") && this.element(found) === "set";
    if (!isSet && found.length === 1) this.pair(found);
    const kind = isSet ? "Set" : "Dictionary";
    if (this.is("for") || this.is("async")) {
      this.comprehension(found);
      found.push(this.close("}"));
      return around(`${kind}ComprehensionExpression`, found);
    }
    if (this.is(",")) {
      found.push(this.leaf());
      if (this.begins()) this.commas(found, isSet ? this.starredOrTest : this.pair);
    }
    found.push(this.close("}"));
    return around(`${kind}Expression`, found);
  }

  /** The first thing between braces tells what they are. */
  private element(found: Node[]): "set" | "pair" {
    if (this.is("*")) {
      this.starredOrTest(found);
      return "set";
    }
    found.push(this.testNode());
    if (!this.is(":")) return "set";
    found.push(this.leaf(), this.testNode());
    return "pair";
  }

  private readonly pair = (found: Node[]): void => {
    if (this.is("**")) found.push(this.leaf(), this.expression(comparing));
    else found.push(this.testNode(), this.expect(":"), this.testNode());
  };

  /** Without anything after it, the grammar misses something and goes on. */
  protected yielded(type: string): Node {
    const found = [this.expect("yield")];
    if (this.is("from")) found.push(this.leaf(), this.testNode());
    else if (this.begins()) this.commas(found, this.starredOrTest);
    return around(type, found);
  }

  protected abstract strings(): Node;
}
