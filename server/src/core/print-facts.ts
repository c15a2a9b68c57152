import type {
  Argument,
  Block,
  ClassFacts,
  ExportFact,
  FileFacts,
  FunctionFacts,
  Instruction,
  ParameterFact,
  Terminator,
  TypeRef,
  VariableId,
} from "./facts.ts";

/**
 * The facts of a file as text: one line an instruction. Registers are `%1`, variables `name#1`, blocks `b1`; a block that is guarded
 * names its handler. Positions are left out: the text says what the code does, not where it stands.
 */
export function printFacts(facts: FileFacts): string {
  const lines: string[] = [];
  // Without the numbers of variables that are gone.
  let count = 0;
  const numbers = facts.variables.map(({ kind }) => (kind === "unused" ? count : count++));
  const variable = (id: VariableId) => `${facts.variables[id]?.name ?? "?"}#${numbers[id] ?? id}`;
  const type = (ref: TypeRef) => printType(ref, variable);
  for (const { specifier, imported, variable: id, typeOnly } of facts.imports) {
    lines.push(`import ${typeOnly ? "type " : ""}${imported} of ${quote(specifier)} as ${variable(id)}`);
  }
  for (const fact of facts.exports) lines.push(printExport(fact, variable));
  if (facts.commonjs !== undefined) lines.push(`commonjs ${variable(facts.commonjs)}`);
  for (const { variable: id, type: ref, extends: bases } of facts.types) {
    lines.push(
      `type ${variable(id)} = ${type(ref)}${bases.length > 0 ? ` extends ${bases.map(type).join(", ")}` : ""}`,
    );
  }
  facts.variables.forEach((fact, id) => {
    if (fact.type && fact.kind !== "parameter") lines.push(`${fact.kind} ${variable(id)}: ${type(fact.type)}`);
  });
  facts.classes.forEach((fact, id) => {
    lines.push(...printClass(fact, id, variable, type));
  });
  for (const fact of facts.functions) lines.push(...printFunction(fact, variable, type));
  for (const { kind, rules, reason } of facts.directives) {
    lines.push(`${kind} ${rules.join(", ") || "*"}${reason === undefined ? "" : ` -- ${reason}`}`);
  }
  return `${lines.join("\n")}\n`;
}

type NameVariable = (id: VariableId) => string;
type NameType = (ref: TypeRef) => string;

const quote = (text: string): string => JSON.stringify(text);

function printExport(fact: ExportFact, variable: NameVariable): string {
  switch (fact.kind) {
    case "local":
      return `export ${fact.name} = ${variable(fact.variable)}`;
    case "from":
      return `export ${fact.name} = ${fact.imported} of ${quote(fact.specifier)}`;
    case "all":
      return `export * of ${quote(fact.specifier)}`;
  }
}

function printType(ref: TypeRef, variable: NameVariable): string {
  const inner: NameType = (of) => printType(of, variable);
  switch (ref.kind) {
    case "named": {
      const name = dotted(ref.name, ref.variable, variable);
      return ref.arguments.length > 0 ? `${name}<${ref.arguments.map(inner).join(", ")}>` : name;
    }
    case "typeof":
      return `typeof ${dotted(ref.name, ref.variable, variable)}`;
    case "union":
      return ref.of.map(inner).join(" | ");
    case "intersection":
      return ref.of.map(inner).join(" & ");
    case "object":
      return `{ ${ref.members.map(({ name, type }) => `${name}: ${inner(type)}`).join("; ")} }`;
    case "function":
      return `(${ref.parameters.map((parameter) => (parameter ? inner(parameter) : "?")).join(", ")}) => ${ref.returns ? inner(ref.returns) : "?"}`;
    case "array":
      return `(${inner(ref.of)})[]`;
    case "literal":
      return JSON.stringify(ref.value);
    case "other":
      return "?";
  }
}

/** A name as written, with the number of what its first part is bound to. */
const dotted = (name: readonly string[], id: VariableId | undefined, variable: NameVariable): string => {
  const [first = "?", ...rest] = name;
  return [id === undefined ? first : `${first}#${variable(id).split("#").at(-1)}`, ...rest].join(".");
};

function printClass(fact: ClassFacts, id: number, variable: NameVariable, type: NameType): readonly string[] {
  const words = [`class ${id}`, fact.variable === undefined ? (fact.name ?? "") : variable(fact.variable)].filter(
    (word) => word !== "",
  );
  if (fact.superclass !== undefined) words.push(`extends %${fact.superclass}`);
  if (fact.heritage) words.push(`(${type(fact.heritage)})`);
  if (fact.implements.length > 0) words.push(`implements ${fact.implements.map(type).join(", ")}`);
  for (const { name } of fact.decorators) words.push(`@${name.join(".")}`);
  const lines = [words.join(" ")];
  if (fact.constructorFunction !== undefined) lines.push(`  constructor f${fact.constructorFunction}`);
  if (fact.initializer !== undefined) lines.push(`  initializer f${fact.initializer}`);
  if (fact.staticInitializer !== undefined) lines.push(`  static initializer f${fact.staticInitializer}`);
  for (const member of fact.members) {
    const parts = member.decorators.map(({ name }) => `@${name.join(".")}`);
    if (member.static) parts.push("static");
    parts.push(member.kind, member.name);
    if (member.function !== undefined) parts.push(`f${member.function}`);
    lines.push(`  ${parts.join(" ")}${member.type ? `: ${type(member.type)}` : ""}`);
  }
  return lines;
}

function printFunction(fact: FunctionFacts, variable: NameVariable, type: NameType): readonly string[] {
  const words: string[] = [];
  if (fact.static) words.push("static");
  if (fact.async) words.push("async");
  words.push(fact.generator ? `${fact.kind}*` : fact.kind);
  if (fact.class !== undefined) words.push(`of class ${fact.class}`);
  if (fact.name !== undefined) words.push(fact.name);
  for (const tag of fact.tags) words.push(`@${tag}`);
  for (const { name } of fact.decorators ?? []) words.push(`@${name.join(".")}`);
  const parameters = fact.parameters.map((parameter) => {
    const decorated = parameter.decorators.map(({ name }) => `@${name.join(".")} `).join("");
    const name = `${decorated}${parameter.property ? "this." : ""}${restMark(parameter)}${variable(parameter.variable)}${parameter.optional ? "?" : ""}`;
    return parameter.type ? `${name}: ${type(parameter.type)}` : name;
  });
  const head = `f${fact.id} ${words.join(" ")}${fact.kind === "module" ? "" : `(${parameters.join(", ")})`}`;
  const lines = [fact.returnType ? `${head}: ${type(fact.returnType)}` : head];
  fact.blocks.forEach((block, id) => {
    lines.push(...printBlock(block, id, variable));
  });
  return lines;
}

const restMark = ({ rest, keyword }: ParameterFact): string =>
  rest ? (keyword === "rest" ? "**" : "...") : keyword === "only" ? "*" : "";

function printBlock(block: Block, id: number, variable: NameVariable): readonly string[] {
  return [
    `  b${id}:${block.handler === undefined ? "" : ` (throws to b${block.handler})`}`,
    ...block.instructions.map((instruction) => `    ${printInstruction(instruction, variable)}`),
    `    ${printTerminator(block.end)}`,
  ];
}

function printTerminator(end: Terminator): string {
  switch (end.kind) {
    case "goto":
      return `goto b${end.to}`;
    case "branch":
      return `if %${end.test} b${end.then} else b${end.else}`;
    case "choice":
      return `choice ${end.to.map((to) => `b${to}`).join(" ")}`;
    case "return":
    case "throw":
      return end.value === undefined ? end.kind : `${end.kind} %${end.value}`;
    case "stop":
      return "stop";
  }
}

function printInstruction(instruction: Instruction, variable: NameVariable): string {
  const result = "dst" in instruction ? `%${instruction.dst} = ` : "";
  return result + printOperation(instruction, variable);
}

function printOperation(instruction: Instruction, variable: NameVariable): string {
  switch (instruction.op) {
    case "literal":
      return typeof instruction.value === "string" ? quote(instruction.value) : String(instruction.value);
    case "template":
      return `template ${instruction.parts.map((part) => (typeof part === "string" ? quote(part) : `%${part}`)).join(" ")}`;
    case "object": {
      const entries = instruction.entries.map((entry) => {
        if (entry.spread) return `...%${entry.value}`;
        return `${entry.accessor ? `${entry.accessor} ` : ""}${entry.key ?? "[?]"}: %${entry.value}`;
      });
      return entries.length > 0 ? `{ ${entries.join(", ")} }` : "{}";
    }
    case "array":
      return `[${printArguments(instruction.elements)}]`;
    case "load":
      return variable(instruction.variable);
    case "store":
      return `${variable(instruction.variable)} = %${instruction.value}`;
    case "global":
      return `global ${instruction.name}`;
    case "this":
    case "super":
      return instruction.op;
    case "get":
      return `%${instruction.object}.${instruction.property}`;
    case "set":
      return `%${instruction.object}.${instruction.property} = %${instruction.value}`;
    case "index":
      return `%${instruction.object}[%${instruction.key}]`;
    case "setIndex":
      return `%${instruction.object}[%${instruction.key}] = %${instruction.value}`;
    case "rest":
      return `rest of %${instruction.object}${instruction.except.length > 0 ? ` without ${instruction.except.join(", ")}` : ""}`;
    case "element":
      return `element ${instruction.index ?? "any"} of %${instruction.collection}`;
    case "closure":
      return `closure f${instruction.function}`;
    case "class":
      return `class ${instruction.class}`;
    case "call": {
      const words = [instruction.style, `%${instruction.callee}(${printArguments(instruction.arguments)})`];
      if (instruction.property !== undefined) words.push(`as %${instruction.receiver}.${instruction.property}`);
      else if (instruction.receiver !== undefined) words.push(`on %${instruction.receiver}`);
      words.push(instruction.use);
      if (instruction.managed) words.push("managed");
      return words.join(" ");
    }
    case "await":
      return `await %${instruction.value}`;
    case "yield":
      return `yield${instruction.delegate ? "*" : ""}${instruction.value === undefined ? "" : ` %${instruction.value}`}`;
    case "import":
      return `${instruction.style === "require" ? "require" : "import"} ${quote(instruction.specifier)}`;
    case "either": {
      const test = instruction.test === undefined ? "" : ` by %${instruction.test}`;
      return `either ${instruction.values.map((value) => `%${value}`).join(` ${instruction.operator} `)}${test}`;
    }
    case "operation":
      return `operation ${instruction.operator} ${instruction.operands.map((operand) => `%${operand}`).join(" ")}`;
    case "disconnected":
      return "disconnected";
    case "dispose":
      return `dispose ${instruction.awaited ? "await " : ""}%${instruction.value}`;
    case "unknown":
      return `unknown ${instruction.operands.map((operand) => `%${operand}`).join(" ")}`.trimEnd();
  }
}

const printArguments = (list: readonly Argument[]): string =>
  list
    .map(({ value, spread, keyword }) => `${keyword === undefined ? "" : `${keyword}=`}${spread ? "..." : ""}%${value}`)
    .join(", ");
