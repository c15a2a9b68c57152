import type {
  Argument,
  Block,
  CallInstruction,
  ClassFacts,
  Constant,
  DecoratorFact,
  DirectiveFact,
  ExportFact,
  FileFacts,
  FunctionFacts,
  ImportFact,
  Instruction,
  MemberFact,
  ObjectEntry,
  ParameterFact,
  StatementFact,
  Terminator,
  TypeFact,
  TypeRef,
  VariableFact,
} from "../core/facts.ts";
import { Writer } from "./bytes.ts";
import * as words from "./words.ts";

/** Facts as they are kept, for `readFacts`; without the path. */
export interface Written {
  readonly bytes: Uint8Array;
  /** What the facts say and the file does not: values that it writes with an escape, words that a front end makes up. */
  readonly texts: readonly string[];
}

/** Of names and texts only their places in the file are written: what is secret in a file stays there, and `texts` is nearly always empty. */
export function writeFacts(facts: FileFacts, source: string): Written {
  const writer = new FactsWriter();
  writer.file(facts);
  const table = new Writer();
  const texts: string[] = [];
  let last = 0;
  table.list([...writer.texts], (text) => {
    let at = source.indexOf(text, last);
    if (at < 0) at = source.indexOf(text);
    table.number(at + 1);
    if (at < 0) texts.push(text);
    else table.number(text.length);
    // Names come in about the order in which they stand there.
    if (at >= 0) last = at;
  });
  return { bytes: Buffer.concat([table.bytes, writer.bytes]), texts };
}

class FactsWriter extends Writer {
  file(facts: FileFacts): void {
    this.number(words.languages.indexOf(facts.language));
    this.maybe(facts.commonjs);
    this.list(facts.imports, this.import);
    this.list(facts.exports, this.export);
    this.list(facts.variables, this.variable);
    this.list(facts.functions, this.function);
    this.list(facts.classes, this.class);
    this.list(facts.types, this.type);
    this.list(facts.directives, this.directive);
    this.part();
    this.list(facts.statements, this.statement);
  }

  /** A number from 0 on, or none. */
  private maybe(value: number | undefined): void {
    this.number(value === undefined ? 0 : value + 1);
  }

  /** Which of these there are. */
  private flags(...flags: readonly boolean[]): void {
    this.number(flags.reduce((sum, flag, index) => sum + (flag ? 1 << index : 0), 0));
  }

  private readonly numbers = (values: readonly number[]): void => this.list(values, this.one);
  private readonly one = (value: number): void => this.number(value);
  private readonly name = (value: string): void => this.text(value);

  private readonly import = ({ specifier, imported, variable, typeOnly, span }: ImportFact): void => {
    this.text(specifier);
    this.text(imported);
    this.number(variable);
    this.flags(typeOnly);
    this.span(span);
  };

  private readonly export = (one: ExportFact): void => {
    this.number(words.exportKinds.indexOf(one.kind));
    if (one.kind !== "all") this.text(one.name);
    if (one.kind === "local") this.number(one.variable);
    if (one.kind === "from") this.text(one.imported);
    if (one.kind !== "local") this.text(one.specifier);
  };

  private readonly variable = (one: VariableFact): void => {
    this.number(words.variableKinds.indexOf(one.kind));
    if (one.kind === "unused") return;
    this.text(one.name);
    this.number(one.function);
    this.span(one.span);
    this.maybeType(one.type);
  };

  private readonly maybeType = (one: TypeRef | undefined): void => {
    if (one === undefined) this.number(0);
    else this.typeRef(one);
  };

  private readonly typeRef = (one: TypeRef): void => {
    this.number(words.typeKinds.indexOf(one.kind) + 1);
    switch (one.kind) {
      case "named":
      case "typeof":
        this.list(one.name, this.name);
        this.maybe(one.variable);
        if (one.kind === "named") this.list(one.arguments, this.typeRef);
        break;
      case "union":
      case "intersection":
        this.list(one.of, this.typeRef);
        break;
      case "object":
        this.list(one.members, this.typeMember);
        break;
      case "function":
        this.list(one.parameters, this.maybeType);
        this.maybeType(one.returns);
        break;
      case "array":
        this.typeRef(one.of);
        break;
      case "literal":
        this.constant(one.value);
        break;
      case "other":
        break;
      default:
        one satisfies never;
    }
  };

  private readonly typeMember = ({ name, type }: { readonly name: string; readonly type: TypeRef }): void => {
    this.text(name);
    this.typeRef(type);
  };

  private readonly constant = (value: Constant): void => {
    if (value === undefined) this.number(0);
    else if (value === null) this.number(1);
    else if (typeof value === "boolean") this.number(value ? 3 : 2);
    else {
      this.number(typeof value === "string" ? 4 : 5);
      this.text(Object.is(value, -0) ? "-0" : String(value));
    }
  };

  private readonly decorator = ({ name, variable, span }: DecoratorFact): void => {
    this.list(name, this.name);
    this.maybe(variable);
    this.span(span);
  };

  private readonly parameter = (one: ParameterFact): void => {
    const { keyword } = one;
    this.flags(one.rest, one.optional, one.property, keyword === "only", keyword === "rest");
    this.number(one.variable);
    this.list(one.decorators, this.decorator);
    this.span(one.span);
    this.maybeType(one.type);
  };

  private readonly function = (one: FunctionFacts): void => {
    const { name, nameSpan, decorators } = one;
    const has = [name !== undefined, nameSpan !== undefined, decorators !== undefined];
    this.number(words.functionKinds.indexOf(one.kind));
    this.flags(one.async, one.generator, one.static, ...has);
    this.number(one.id);
    this.list(one.parameters, this.parameter);
    this.maybe(one.parent);
    this.maybe(one.class);
    this.list(one.blocks, this.block);
    this.number(one.entry);
    this.span(one.span);
    this.span(one.bodySpan);
    this.list(one.tags, this.tag);
    if (name !== undefined) this.text(name);
    if (nameSpan !== undefined) this.span(nameSpan);
    this.maybeType(one.returnType);
    if (decorators !== undefined) this.list(decorators, this.decorator);
  };

  private readonly tag = (one: FunctionFacts["tags"][number]): void => this.number(words.functionTags.indexOf(one));

  private readonly block = ({ instructions, handler, end }: Block): void => {
    this.list(instructions, this.instruction);
    this.maybe(handler);
    this.end(end);
  };

  private end(one: Terminator): void {
    this.number(words.endKinds.indexOf(one.kind));
    switch (one.kind) {
      case "goto":
        this.number(one.to);
        break;
      case "branch":
        this.numbers([one.test, one.then, one.else]);
        this.span(one.span);
        break;
      case "choice":
        this.numbers(one.to);
        this.span(one.span);
        break;
      case "return":
      case "throw":
        this.maybe(one.value);
        this.span(one.span);
        break;
      case "stop":
        break;
      default:
        one satisfies never;
    }
  }

  private readonly argument = ({ value, spread, span, keyword }: Argument): void => {
    this.flags(spread, keyword !== undefined);
    this.number(value);
    this.span(span);
    if (keyword !== undefined) this.text(keyword);
  };

  private readonly entry = ({ value, spread, span, keySpan, valueSpan, key, accessor }: ObjectEntry): void => {
    this.flags(spread, key !== undefined, accessor === "getter", accessor === "setter");
    this.number(value);
    this.span(span);
    this.span(keySpan);
    this.span(valueSpan);
    if (key !== undefined) this.text(key);
  };

  private call(one: CallInstruction): void {
    const { receiver, property, typeArguments } = one;
    this.flags(one.managed, receiver !== undefined, property !== undefined, typeArguments !== undefined);
    this.number(words.callStyles.indexOf(one.style));
    this.number(one.callee);
    this.list(one.arguments, this.argument);
    this.number(words.uses.indexOf(one.use));
    this.span(one.calleeSpan);
    this.span(one.argumentsSpan);
    if (receiver !== undefined) this.number(receiver);
    if (property !== undefined) this.text(property);
    if (typeArguments !== undefined) this.list(typeArguments, this.typeRef);
  }

  private readonly instruction = (one: Instruction): void => {
    this.number(words.operations.indexOf(one.op));
    this.span(one.span);
    if ("dst" in one) this.number(one.dst);
    switch (one.op) {
      case "literal":
        this.constant(one.value);
        break;
      case "template":
        this.list(one.parts, (part) => {
          this.flags(typeof part === "string");
          if (typeof part === "string") this.text(part);
          else this.number(part);
        });
        break;
      case "object":
        this.list(one.entries, this.entry);
        break;
      case "array":
        this.list(one.elements, this.argument);
        break;
      case "load":
        this.number(one.variable);
        break;
      case "store":
        this.number(one.variable);
        this.number(one.value);
        break;
      case "global":
        this.text(one.name);
        break;
      case "this":
      case "super":
      case "disconnected":
        break;
      case "get":
        this.number(one.object);
        this.text(one.property);
        this.span(one.propertySpan);
        break;
      case "set":
        this.number(one.object);
        this.text(one.property);
        this.number(one.value);
        break;
      case "index":
        this.number(one.object);
        this.number(one.key);
        break;
      case "setIndex":
        this.number(one.object);
        this.number(one.key);
        this.number(one.value);
        break;
      case "rest":
        this.number(one.object);
        this.list(one.except, this.name);
        break;
      case "element":
        this.number(one.collection);
        this.maybe(one.index);
        break;
      case "closure":
        this.number(one.function);
        break;
      case "class":
        this.number(one.class);
        break;
      case "call":
        this.call(one);
        break;
      case "await":
        this.number(one.value);
        break;
      case "yield":
        this.maybe(one.value);
        this.flags(one.delegate);
        break;
      case "import":
        this.text(one.specifier);
        this.number(words.importStyles.indexOf(one.style));
        break;
      case "either":
        this.numbers(one.values);
        this.maybe(one.test);
        this.number(words.eitherOperators.indexOf(one.operator));
        break;
      case "operation":
        this.text(one.operator);
        this.numbers(one.operands);
        break;
      case "dispose":
        this.number(one.value);
        this.flags(one.awaited);
        break;
      case "unknown":
        this.numbers(one.operands);
        break;
      default:
        one satisfies never;
    }
  };

  private readonly class = (one: ClassFacts): void => {
    const { name, nameSpan, heritage } = one;
    this.flags(name !== undefined, nameSpan !== undefined);
    if (name !== undefined) this.text(name);
    this.span(one.span);
    if (nameSpan !== undefined) this.span(nameSpan);
    this.maybe(one.variable);
    this.maybe(one.superclass);
    this.maybeType(heritage);
    this.list(one.implements, this.typeRef);
    this.list(one.members, this.member);
    this.maybe(one.constructorFunction);
    this.maybe(one.initializer);
    this.maybe(one.staticInitializer);
    this.list(one.decorators, this.decorator);
  };

  private readonly member = (one: MemberFact): void => {
    this.text(one.name);
    this.number(words.memberKinds.indexOf(one.kind));
    this.flags(one.static);
    this.list(one.decorators, this.decorator);
    this.span(one.span);
    this.maybe(one.function);
    this.maybeType(one.type);
  };

  private readonly type = (one: TypeFact): void => {
    this.text(one.name);
    this.number(one.variable);
    this.typeRef(one.type);
    this.list(one.extends, this.typeRef);
  };

  private readonly directive = ({ kind, rules, reason, span, covers }: DirectiveFact): void => {
    this.number(words.directiveKinds.indexOf(kind));
    this.list(rules, this.name);
    this.flags(reason !== undefined);
    if (reason !== undefined) this.text(reason);
    this.span(span);
    this.span(covers);
  };

  private readonly statement = (one: StatementFact): void => {
    const { body, catchParameter } = one;
    const has = [body !== undefined, one.catch !== undefined, catchParameter !== undefined, one.finally !== undefined];
    this.number(words.statementKinds.indexOf(one.kind));
    this.flags(...has);
    this.span(one.span);
    this.number(one.parent + 1);
    this.number(one.function);
    if (body !== undefined) this.span(body);
    if (one.catch !== undefined) this.span(one.catch);
    if (catchParameter !== undefined) this.text(catchParameter);
    if (one.finally !== undefined) this.span(one.finally);
  };
}
