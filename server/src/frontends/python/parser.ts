import type { Span } from "../../core/text.ts";
import { around, comparing, nodeOf } from "./expression-parser.ts";
import { irregular } from "./lexer.ts";
import { PatternParser } from "./pattern-parser.ts";
import type { Node } from "./tree.ts";

/**
 * The nodes of a text without faults, as the grammar of `@lezer/python` makes them and a test holds, in a tenth of the time; undefined for
 * what is rare or does not parse, which is for the grammar to read.
 */
export function parseRegular(text: string): { readonly root: Node; readonly comments: readonly Span[] } | undefined {
  try {
    const parser = new Parser(text);
    return { root: parser.script(), comments: parser.comments };
  } catch (error) {
    // Too deep for the stack is for the grammar too: it does not recurse.
    if (error === irregular || error instanceof RangeError) return undefined;
    throw error;
  }
}

const updates: ReadonlySet<string> = new Set([
  ...["+=", "-=", "*=", "/=", "%=", "@=", "&=", "|=", "^=", "**=", "//=", "<<=", ">>="],
]);

/** A value, and no operator that `match` could stand before. */
const matched = /^ +(?!(?:in|is|and|or|not|if|else|for|async)\b)[A-Za-z_"']/;

const isNamed = (text: string, [only, more]: readonly Node[], name: string): boolean =>
  more === undefined && only?.type === "VariableName" && text.slice(only.start, only.end) === name;

class Parser extends PatternParser {
  script(): Node {
    const children: Node[] = [];
    while (!this.is("end")) children.push(this.statement());
    return nodeOf("Script", 0, this.text.length, children);
  }

  private statement(): Node {
    switch (this.kind) {
      case "if":
        return this.ifStatement();
      case "for":
      case "with":
      case "def":
      case "async":
        return this.maybeAsync([]);
      case "while":
        return this.whileStatement();
      case "try":
        return this.tryStatement();
      case "class":
        return this.classDefinition();
      case "@":
        return this.decorated();
      case "name":
        return this.isMatch() ? this.matchStatement() : this.simpleStatement();
      default:
        return this.simpleStatement();
    }
  }

  /** `match x:`, where `match` cannot be a name. */
  private isMatch(): boolean {
    const { text, start, end } = this;
    return end - start === 5 && text.startsWith("match ", start) && matched.test(text.slice(end, end + 40));
  }

  private matchStatement(): Node {
    const found = [this.leaf("match"), this.expression(comparing)];
    const body = [this.expect(":")];
    if (!this.is("newline")) throw irregular;
    this.next();
    this.expect("indent");
    while (!this.is("dedent") && !this.is("end")) body.push(this.matchClause());
    if (this.is("dedent")) this.next();
    found.push(around("MatchBody", body));
    return around("MatchStatement", found);
  }

  private matchClause(): Node {
    const { text, start, end } = this;
    if (end - start !== 4 || !text.startsWith("case ", start)) throw irregular;
    const found = [this.leaf("case")];
    this.commas(found, this.pattern);
    if (this.is("if")) found.push(around("Guard", [this.leaf(), this.testNode()]));
    found.push(this.body());
    return around("MatchClause", found);
  }

  private simpleStatement(): Node {
    const first = this.smallStatement();
    if (!this.is(";")) {
      this.endOfStatement();
      return first;
    }
    const found = [first];
    while (this.is(";")) {
      found.push(this.leaf());
      const isLast = this.is("newline") || this.is("end");
      if (!isLast && !this.is(";")) found.push(this.smallStatement());
    }
    this.endOfStatement();
    return around("StatementGroup", found);
  }

  private endOfStatement(): void {
    if (this.is("newline")) this.next();
    else if (!this.is("end")) throw irregular;
  }

  private smallStatement(): Node {
    switch (this.kind) {
      case "return": {
        const found = [this.leaf()];
        if (this.begins()) this.commas(found, this.starredOrTest);
        return around("ReturnStatement", found);
      }
      case "import":
      case "from":
        return this.importStatement();
      case "raise":
        return this.raiseStatement();
      case "pass":
        return around("PassStatement", [this.leaf()]);
      case "break":
        return around("BreakStatement", [this.leaf()]);
      case "continue":
        return around("ContinueStatement", [this.leaf()]);
      case "yield":
        return this.yielded("YieldStatement");
      case "del": {
        const found = [this.leaf()];
        this.commas(found, this.unstarred);
        return around("DeleteStatement", found);
      }
      case "global":
      case "nonlocal": {
        const found = [this.leaf()];
        this.commas(found, (names) => names.push(this.name()));
        return around("ScopeStatement", found);
      }
      case "assert": {
        const found = [this.leaf()];
        this.commas(found, this.test);
        return around("AssertStatement", found);
      }
      default:
        return this.expressionStatement();
    }
  }

  private expressionStatement(): Node {
    if (this.is("name") && this.isSoftKeyword()) throw irregular;
    const found: Node[] = [];
    this.commas(found, this.starredOrTest);
    if (this.is("name") && isNamed(this.text, found, "type")) return this.typeDefinition(found[0]!);
    if (updates.has(this.kind)) {
      found.push(this.leaf("UpdateOp"));
      if (this.is("yield")) found.push(this.yielded("YieldExpression"));
      else this.commas(found, this.test);
      return around("UpdateStatement", found);
    }
    if (!this.is(":") && !this.is("=")) return around("ExpressionStatement", found);
    if (this.is(":")) found.push(around("TypeDef", [this.leaf(), this.testNode()]));
    while (this.is("=")) {
      found.push(this.leaf("AssignOp"));
      if (this.is("yield")) found.push(this.yielded("YieldExpression"));
      else this.commas(found, this.starredOrTest);
    }
    return around("AssignStatement", found);
  }

  private typeDefinition({ start, end }: Node): Node {
    const found = [nodeOf("type", start, end), this.name()];
    if (this.is("[")) found.push(this.typeParameters());
    if (!this.is("=")) throw irregular;
    this.next();
    found.push(this.testNode());
    return around("TypeDefinition", found);
  }

  private typeParameters(): Node {
    const found = [this.open()];
    this.commas(found, (all) => {
      const isMany = this.is("*") || this.is("**");
      const parameter = isMany ? [this.leaf(), this.name()] : [this.name()];
      if (!isMany && this.is(":")) parameter.push(around("TypeDef", [this.leaf(), this.testNode()]));
      all.push(around("TypeParam", parameter));
    });
    found.push(this.close("]"));
    return around("TypeParamList", found);
  }

  /** `match x:` and `print x` begin with what may be a name. */
  private isSoftKeyword(): boolean {
    const { text, start, end } = this;
    if (end - start !== 5) return false;
    const word = text.slice(start, end);
    if (word === "match") return !/[ \t]*(?:=|\.\w)/y.test(text.slice(end, end + 40));
    return word === "print" && !/[ \t]*[.(]/y.test(text.slice(end, end + 40));
  }

  private importStatement(): Node {
    const isFrom = this.is("from");
    const found = [this.leaf()];
    if (isFrom) {
      let dots = 0;
      for (; this.is(".") || this.is("..."); dots++) found.push(this.leaf(this.is(".") ? "." : "Ellipsis"));
      if (dots === 0 || this.is("name")) this.dottedName(found);
      found.push(this.expect("import"));
      if (this.is("*")) {
        found.push(this.leaf());
        return around("ImportStatement", found);
      }
    }
    const isList = this.is("(");
    if (isList) found.push(this.open());
    this.commas(found, this.imported);
    if (isList) found.push(this.close(")"));
    return around("ImportStatement", found);
  }

  private readonly imported = (found: Node[]): void => {
    this.dottedName(found);
    if (this.is("as")) found.push(this.leaf(), this.name());
  };

  private dottedName(found: Node[]): void {
    found.push(this.name());
    while (this.is(".")) found.push(this.leaf(), this.name());
  }

  private raiseStatement(): Node {
    const found = [this.leaf()];
    if (this.begins()) {
      found.push(this.testNode());
      if (this.is("from")) found.push(this.leaf(), this.testNode());
    }
    return around("RaiseStatement", found);
  }

  private ifStatement(): Node {
    const found = [this.leaf(), this.named(), this.body()];
    while (this.is("elif")) found.push(this.leaf(), this.named(), this.body());
    this.otherwise(found);
    return around("IfStatement", found);
  }

  private otherwise(found: Node[]): void {
    if (this.is("else")) found.push(this.leaf(), this.body());
  }

  private whileStatement(): Node {
    const found = [this.leaf(), this.named(), this.body()];
    this.otherwise(found);
    return around("WhileStatement", found);
  }

  /** @param found `async`, once it was read */
  private maybeAsync(found: Node[]): Node {
    switch (this.kind) {
      case "async":
        if (found.length > 0) throw irregular;
        return this.maybeAsync([this.leaf()]);
      case "for":
        found.push(this.leaf());
        this.commas(found, this.target);
        found.push(this.expect("in"));
        this.commas(found, this.test);
        found.push(this.body());
        this.otherwise(found);
        return around("ForStatement", found);
      case "with":
        found.push(this.leaf());
        this.commas(found, this.managed);
        found.push(this.body());
        return around("WithStatement", found);
      case "def":
        found.push(this.leaf(), this.name());
        if (this.is("[")) found.push(this.typeParameters());
        found.push(this.parameterList());
        if (this.is("->")) {
          const { start } = this;
          this.next();
          const type = this.testNode();
          found.push(nodeOf("TypeDef", start, type.end, [type]));
        }
        found.push(this.body());
        return around("FunctionDefinition", found);
      default:
        throw irregular;
    }
  }

  private readonly managed = (found: Node[]): void => {
    found.push(this.testNode());
    if (this.is("as")) found.push(this.leaf(), this.name());
  };

  private parameterList(): Node {
    if (!this.is("(")) throw irregular;
    const found = [this.open()];
    while (!this.is(")")) {
      if (this.is("*")) {
        found.push(this.leaf());
        if (this.is("name")) this.parameter(found);
      } else if (this.is("**")) {
        found.push(this.leaf());
        this.parameter(found);
      } else if (this.is("/")) this.next();
      else {
        this.parameter(found);
        if (this.is("=")) found.push(this.leaf("AssignOp"), this.testNode());
      }
      if (!this.is(",")) break;
      found.push(this.leaf());
    }
    found.push(this.close(")"));
    return around("ParamList", found);
  }

  private parameter(found: Node[]): void {
    found.push(this.name());
    if (this.is(":")) found.push(around("TypeDef", [this.leaf(), this.testNode()]));
  }

  private tryStatement(): Node {
    const found = [this.leaf(), this.body()];
    while (this.is("except")) {
      found.push(this.leaf());
      if (this.is("*")) found.push(this.leaf());
      if (this.begins()) {
        found.push(this.testNode());
        if (this.is("as") || this.is(",")) found.push(this.leaf(), this.name());
      }
      found.push(this.body());
    }
    this.otherwise(found);
    if (this.is("finally")) found.push(this.leaf(), this.body());
    return around("TryStatement", found);
  }

  private classDefinition(): Node {
    const found = [this.leaf(), this.name()];
    if (this.is("[")) found.push(this.typeParameters());
    if (this.is("(")) found.push(this.argumentList());
    found.push(this.body());
    return around("ClassDefinition", found);
  }

  private decorated(): Node {
    const found: Node[] = [];
    while (this.is("@")) {
      const decorator = [this.leaf("At")];
      this.dottedName(decorator);
      if (this.is("(")) decorator.push(this.argumentList());
      if (!this.is("newline")) throw irregular;
      this.next();
      found.push(around("Decorator", decorator));
    }
    if (this.is("class")) found.push(this.classDefinition());
    else if (this.is("def") || this.is("async")) found.push(this.maybeAsync([]));
    else throw irregular;
    const last = found[found.length - 1]!;
    if (last.type !== "FunctionDefinition" && last.type !== "ClassDefinition") throw irregular;
    return around("DecoratedStatement", found);
  }

  private body(): Node {
    const found = [this.expect(":")];
    if (!this.is("newline")) {
      found.push(this.simpleStatement());
      return around("Body", found);
    }
    this.next();
    if (!this.is("indent")) throw irregular;
    this.next();
    while (!this.is("dedent") && !this.is("end")) found.push(this.statement());
    if (this.is("dedent")) this.next();
    return around("Body", found);
  }
}
