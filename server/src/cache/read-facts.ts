import type {
  Argument,
  Block,
  CallInstruction,
  ClassFacts,
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
  VariableFact,
} from "../core/facts.ts";
import type { Writable } from "../core/writable.ts";
import { Reader } from "./bytes.ts";
import { TypesReader } from "./read-types.ts";
import * as words from "./words.ts";
import { word } from "./words.ts";
import type { Written } from "./write-facts.ts";

/**
 * The facts that `writeFacts` wrote. Written plainly, with an object literal for each kind of fact: so they have the shapes that the front ends give
 * them, and a file is read in a tenth of the time that parsing it takes.
 */
export function readFacts(path: string, source: string, { bytes, texts }: Written): FileFacts {
  const table = new Reader(bytes, [], 0);
  const all: string[] = [];
  let others = 0;
  for (let left = table.number(); left > 0; left--) {
    const at = table.number();
    all.push(at === 0 ? (texts[others++] as string) : source.slice(at - 1, at - 1 + table.number()));
  }
  return new FactsReader(bytes, all, table.at).file(path);
}

/** Room for a variable, which all that have none share. */
const unused: VariableFact = { name: "", kind: "unused", function: 0, span: { start: -1, end: -1 } };

class FactsReader extends TypesReader {
  file(path: string): FileFacts {
    const language = word(words.languages, this.number());
    const commonjs = this.number();
    const facts = {
      path,
      language,
      imports: this.imports(),
      exports: this.exports(),
      ...(commonjs > 0 && { commonjs: commonjs - 1 }),
      variables: this.variables(),
      functions: this.functions(),
      classes: this.classes(),
      types: this.types(),
      directives: this.directives(),
    };
    const { texts } = this;
    // Most files are never asked for their statements; of those bytes alone a copy is kept.
    let rest: Uint8Array | undefined = new Uint8Array(this.bytes.subarray(this.at));
    let statements: readonly StatementFact[] = [];
    return Object.defineProperty(facts, "statements", {
      get: () => {
        if (rest !== undefined) statements = new FactsReader(rest, texts, 0).statements();
        rest = undefined;
        return statements;
      },
      enumerable: true,
    }) as typeof facts & Pick<FileFacts, "statements">;
  }

  private imports(): ImportFact[] {
    const list: ImportFact[] = [];
    for (let left = this.number(); left > 0; left--)
      list.push({
        specifier: this.text(),
        imported: this.text(),
        variable: this.number(),
        typeOnly: this.number() === 1,
        span: this.span(),
      });
    return list;
  }

  private exports(): ExportFact[] {
    const list: ExportFact[] = [];
    for (let left = this.number(); left > 0; left--) {
      const kind = word(words.exportKinds, this.number());
      if (kind === "local") list.push({ kind, name: this.text(), variable: this.number() });
      else if (kind === "from") list.push({ kind, name: this.text(), imported: this.text(), specifier: this.text() });
      else list.push({ kind, specifier: this.text() });
    }
    return list;
  }

  private variables(): VariableFact[] {
    const list: VariableFact[] = [];
    for (let left = this.number(); left > 0; left--) {
      const kind = word(words.variableKinds, this.number());
      if (kind === "unused") {
        list.push(unused);
        continue;
      }
      const one: Writable<VariableFact> = {
        name: this.text(),
        kind,
        function: this.number(),
        span: this.span(),
      };
      const type = this.maybeType();
      if (type !== undefined) one.type = type;
      list.push(one);
    }
    return list;
  }

  private parameters(): ParameterFact[] {
    const list: ParameterFact[] = [];
    for (let left = this.number(); left > 0; left--) {
      const flags = this.number();
      const one: Writable<ParameterFact> = {
        variable: this.number(),
        rest: (flags & 1) !== 0,
        optional: (flags & 2) !== 0,
        property: (flags & 4) !== 0,
        decorators: this.decorators(),
        span: this.span(),
      };
      const type = this.maybeType();
      if (type !== undefined) one.type = type;
      if ((flags & 24) !== 0) one.keyword = (flags & 8) !== 0 ? "only" : "rest";
      list.push(one);
    }
    return list;
  }

  private functions(): FunctionFacts[] {
    const list: FunctionFacts[] = [];
    for (let left = this.number(); left > 0; left--) list.push(this.function());
    return list;
  }

  private function(): FunctionFacts {
    const kind = word(words.functionKinds, this.number());
    const flags = this.number();
    const id = this.number();
    const parameters = this.parameters();
    const parent = this.maybe();
    const owner = this.maybe();
    const one: Writable<FunctionFacts> = {
      id,
      kind,
      async: (flags & 1) !== 0,
      generator: (flags & 2) !== 0,
      parameters,
      ...(parent !== undefined && { parent }),
      static: (flags & 4) !== 0,
      blocks: this.blocks(),
      entry: this.number(),
      span: this.span(),
      bodySpan: this.span(),
      tags: this.numbers().map((tag) => word(words.functionTags, tag)),
    };
    if ((flags & 8) !== 0) one.name = this.text();
    if ((flags & 16) !== 0) one.nameSpan = this.span();
    const returnType = this.maybeType();
    if (returnType !== undefined) one.returnType = returnType;
    if ((flags & 32) !== 0) one.decorators = this.decorators();
    if (owner !== undefined) one.class = owner;
    return one;
  }

  private blocks(): Block[] {
    const list: Block[] = [];
    for (let left = this.number(); left > 0; left--) {
      const instructions: Instruction[] = [];
      for (let more = this.number(); more > 0; more--) instructions.push(this.instruction());
      const handler = this.maybe();
      if (handler === undefined) list.push({ instructions, end: this.end() });
      else list.push({ instructions, handler, end: this.end() });
    }
    return list;
  }

  private end(): Terminator {
    const kind = word(words.endKinds, this.number());
    switch (kind) {
      case "goto":
        return { kind, to: this.number() };
      case "branch":
        this.number();
        // biome-ignore lint/suspicious/noThenProperty: a way that is taken, not a promise.
        return { kind, test: this.number(), then: this.number(), else: this.number(), span: this.span() };
      case "choice":
        return { kind, to: this.numbers(), span: this.span() };
      case "return":
      case "throw": {
        const value = this.maybe();
        return value === undefined ? { kind, span: this.span() } : { kind, value, span: this.span() };
      }
      case "stop":
        return { kind };
    }
  }

  private arguments(): Argument[] {
    const list: Argument[] = [];
    for (let left = this.number(); left > 0; left--) {
      const flags = this.number();
      const one: Writable<Argument> = { value: this.number(), spread: (flags & 1) !== 0, span: this.span() };
      if ((flags & 2) !== 0) one.keyword = this.text();
      list.push(one);
    }
    return list;
  }

  private entries(): ObjectEntry[] {
    const list: ObjectEntry[] = [];
    for (let left = this.number(); left > 0; left--) {
      const flags = this.number();
      const one: Writable<ObjectEntry> = {
        value: this.number(),
        spread: (flags & 1) !== 0,
        span: this.span(),
        keySpan: this.span(),
        valueSpan: this.span(),
      };
      if ((flags & 2) !== 0) one.key = this.text();
      if ((flags & 12) !== 0) one.accessor = (flags & 4) !== 0 ? "getter" : "setter";
      list.push(one);
    }
    return list;
  }

  private call(dst: number, span: Instruction["span"]): CallInstruction {
    const flags = this.number();
    const one: Writable<CallInstruction> = {
      op: "call",
      dst,
      style: word(words.callStyles, this.number()),
      callee: this.number(),
      arguments: this.arguments(),
      use: word(words.uses, this.number()),
      span,
      calleeSpan: this.span(),
      argumentsSpan: this.span(),
      managed: (flags & 1) !== 0,
    };
    if ((flags & 2) !== 0) one.receiver = this.number();
    if ((flags & 4) !== 0) one.property = this.text();
    if ((flags & 8) !== 0) one.typeArguments = this.typeRefs();
    return one;
  }

  private instruction(): Instruction {
    const op = word(words.operations, this.number());
    const span = this.span();
    if (op === "store") return { op, variable: this.number(), value: this.number(), span };
    if (op === "set") return { op, object: this.number(), property: this.text(), value: this.number(), span };
    if (op === "setIndex") return { op, object: this.number(), key: this.number(), value: this.number(), span };
    if (op === "dispose") return { op, value: this.number(), awaited: this.number() === 1, span };
    if (op === "disconnected") return { op, span };
    const dst = this.number();
    switch (op) {
      case "literal":
        return { op, dst, value: this.constant(), span };
      case "template":
        return { op, dst, parts: this.parts(), span };
      case "object":
        return { op, dst, entries: this.entries(), span };
      case "array":
        return { op, dst, elements: this.arguments(), span };
      case "load":
        return { op, dst, variable: this.number(), span };
      case "global":
        return { op, dst, name: this.text(), span };
      case "this":
      case "super":
        return { op, dst, span };
      case "get":
        return { op, dst, object: this.number(), property: this.text(), span, propertySpan: this.span() };
      case "index":
        return { op, dst, object: this.number(), key: this.number(), span };
      case "rest":
        return { op, dst, object: this.number(), except: this.names(), span };
      case "element": {
        const collection = this.number();
        const index = this.maybe();
        return index === undefined ? { op, dst, collection, span } : { op, dst, collection, index, span };
      }
      case "closure":
        return { op, dst, function: this.number(), span };
      case "class":
        return { op, dst, class: this.number(), span };
      case "call":
        return this.call(dst, span);
      case "await":
        return { op, dst, value: this.number(), span };
      case "yield": {
        const value = this.maybe();
        const delegate = this.number() === 1;
        return value === undefined ? { op, dst, delegate, span } : { op, dst, value, delegate, span };
      }
      case "import":
        return { op, dst, specifier: this.text(), style: word(words.importStyles, this.number()), span };
      case "either": {
        const values = this.numbers();
        const test = this.maybe();
        const operator = word(words.eitherOperators, this.number());
        return test === undefined ? { op, dst, values, operator, span } : { op, dst, values, test, operator, span };
      }
      case "operation":
        return { op, dst, operator: this.text(), operands: this.numbers(), span };
      case "unknown":
        return { op, dst, operands: this.numbers(), span };
    }
  }

  private parts(): (string | number)[] {
    const list: (string | number)[] = [];
    for (let left = this.number(); left > 0; left--) list.push(this.number() === 1 ? this.text() : this.number());
    return list;
  }

  private classes(): ClassFacts[] {
    const list: ClassFacts[] = [];
    for (let left = this.number(); left > 0; left--) list.push(this.class());
    return list;
  }

  private class(): ClassFacts {
    const flags = this.number();
    const name = (flags & 1) !== 0 ? { name: this.text() } : undefined;
    const span = this.span();
    const nameSpan = (flags & 2) !== 0 ? { nameSpan: this.span() } : undefined;
    const variable = this.maybe();
    const superclass = this.maybe();
    const heritage = this.maybeType();
    const types = this.typeRefs();
    const members = this.members();
    const [constructorFunction, initializer, staticInitializer] = [this.maybe(), this.maybe(), this.maybe()];
    return {
      ...name,
      span,
      ...nameSpan,
      ...(variable !== undefined && { variable }),
      ...(superclass !== undefined && { superclass }),
      ...(heritage !== undefined && { heritage }),
      implements: types,
      members,
      ...(constructorFunction !== undefined && { constructorFunction }),
      ...(initializer !== undefined && { initializer }),
      ...(staticInitializer !== undefined && { staticInitializer }),
      decorators: this.decorators(),
    };
  }

  private members(): MemberFact[] {
    const list: MemberFact[] = [];
    for (let left = this.number(); left > 0; left--) {
      const name = this.text();
      const kind = word(words.memberKinds, this.number());
      const isStatic = this.number() === 1;
      const one: Writable<MemberFact> = {
        name,
        static: isStatic,
        decorators: this.decorators(),
        span: this.span(),
        kind,
      };
      const id = this.maybe();
      if (id !== undefined) one.function = id;
      const type = this.maybeType();
      if (type !== undefined) one.type = type;
      list.push(one);
    }
    return list;
  }

  private types(): TypeFact[] {
    const list: TypeFact[] = [];
    for (let left = this.number(); left > 0; left--)
      list.push({ name: this.text(), variable: this.number(), type: this.typeRef(), extends: this.typeRefs() });
    return list;
  }

  private directives(): DirectiveFact[] {
    const list: DirectiveFact[] = [];
    for (let left = this.number(); left > 0; left--) {
      const kind = word(words.directiveKinds, this.number());
      const rules = this.names();
      const reason = this.number() === 1 ? { reason: this.text() } : undefined;
      list.push({ kind, rules, ...reason, span: this.span(), covers: this.span() });
    }
    return list;
  }

  private statements(): StatementFact[] {
    const list: StatementFact[] = [];
    for (let left = this.number(); left > 0; left--) {
      const kind = word(words.statementKinds, this.number());
      const flags = this.number();
      const one: Writable<StatementFact> = {
        kind,
        span: this.span(),
        parent: this.number() - 1,
        function: this.number(),
      };
      if ((flags & 1) !== 0) one.body = this.span();
      if ((flags & 2) !== 0) one.catch = this.span();
      if ((flags & 4) !== 0) one.catchParameter = this.text();
      if ((flags & 8) !== 0) one.finally = this.span();
      list.push(one);
    }
    return list;
  }
}
