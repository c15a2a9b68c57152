import type { FileFacts, FunctionFacts, Instruction } from "../../../server/src/core/facts.ts";
import type { Span } from "../../../server/src/core/text.ts";

/** What must hold of the facts of any text, broken or not; returns what does not. */
export function check(facts: FileFacts, text: string): readonly string[] {
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  const inText = ({ start, end }: Span, what: string) =>
    expect(0 <= start && start <= end && end <= text.length, `${what} spans ${start}-${end} of ${text.length}`);
  const isVariable = (id: number, what: string) => expect(isVariableOf(facts, id), `${what}: no variable ${id}`);

  facts.variables.forEach(({ kind, span, function: owner }, id) => {
    // Room for one stands nowhere.
    if (kind === "unused") return;
    inText(span, `variable ${id}`);
    expect(facts.functions[owner] !== undefined, `variable ${id} is owned by no function`);
  });
  for (const { variable, span } of facts.imports) {
    isVariable(variable, "import");
    inText(span, "import");
  }
  for (const fact of facts.exports) if (fact.kind === "local") isVariable(fact.variable, `export ${fact.name}`);
  facts.statements.forEach(({ span, parent, function: owner }, index) => {
    inText(span, `statement ${index}`);
    expect(parent < index, `statement ${index} precedes its parent ${parent}`);
    expect(facts.functions[owner] !== undefined, `statement ${index} is in no function`);
    const outer = facts.statements[parent];
    if (outer)
      expect(outer.span.start <= span.start && span.end <= outer.span.end, `statement ${index} leaves its parent`);
    const previous = facts.statements[index - 1];
    if (previous) expect(previous.span.start <= span.start, `statement ${index} is out of order`);
  });
  facts.classes.forEach((fact, id) => {
    inText(fact.span, `class ${id}`);
    for (const member of fact.members) {
      inText(member.span, `member ${member.name}`);
      if (member.function !== undefined)
        expect(facts.functions[member.function]?.class === id, `${member.name} is no method of class ${id}`);
    }
  });
  for (const directive of facts.directives) {
    inText(directive.span, "directive");
    inText(directive.covers, "directive covers");
  }
  facts.functions.forEach((fact, id) => {
    expect(fact.id === id, `function ${id} has id ${fact.id}`);
    expect(fact.entry === 0 && fact.blocks.length > 0, `function ${id} has no entry`);
    inText(fact.span, `function ${id}`);
    inText(fact.bodySpan, `body ${id}`);
    for (const what of checkFunction(facts, fact, inText)) wrong.push(`f${id}: ${what}`);
  });
  return wrong;
}

const isVariableOf = ({ variables }: FileFacts, id: number): boolean =>
  variables[id] !== undefined && variables[id].kind !== "unused";

function checkFunction(
  facts: FileFacts,
  fact: FunctionFacts,
  inText: (span: Span, what: string) => void,
): readonly string[] {
  const wrong: string[] = [];
  const written = new Map<number, number>();
  fact.blocks.forEach((block, id) => {
    for (const instruction of block.instructions) {
      if ("dst" in instruction) {
        if (written.has(instruction.dst)) wrong.push(`%${instruction.dst} is written twice`);
        written.set(instruction.dst, id);
      }
    }
  });
  const dominators = dominatorsOf(fact);
  fact.blocks.forEach((block, id) => {
    const isReached = dominators[id] !== undefined;
    const before = new Set<number>();
    const use = (register: number, what: string) => {
      const home = written.get(register);
      if (home === undefined) return void wrong.push(`${what} in b${id} reads %${register}, which nothing writes`);
      if (!isReached) return;
      if (home === id ? !before.has(register) : !dominators[id]!.has(home))
        wrong.push(`${what} in b${id} reads %${register} before it is written`);
    };
    for (const instruction of block.instructions) {
      inText(instruction.span, instruction.op);
      // A value that comes from one of several ways is the point of `either`.
      if (instruction.op === "either") {
        for (const value of instruction.values)
          if (!written.has(value)) wrong.push(`either reads %${value}, which nothing writes`);
      } else for (const register of operands(instruction)) use(register, instruction.op);
      if ("variable" in instruction && !isVariableOf(facts, instruction.variable))
        wrong.push(`no variable ${instruction.variable}`);
      if (instruction.op === "closure" && !facts.functions[instruction.function])
        wrong.push(`no function ${instruction.function}`);
      if (instruction.op === "class" && !facts.classes[instruction.class]) wrong.push(`no class ${instruction.class}`);
      if ("dst" in instruction) before.add(instruction.dst);
    }
    if (block.end.kind === "branch") use(block.end.test, "branch");
    if ((block.end.kind === "return" || block.end.kind === "throw") && block.end.value !== undefined)
      use(block.end.value, block.end.kind);
    for (const next of successors(fact, id))
      if (!fact.blocks[next]) wrong.push(`b${id} leads to b${next}, which is none`);
  });
  return wrong;
}

function successors(fact: FunctionFacts, id: number): readonly number[] {
  const { end, handler } = fact.blocks[id]!;
  const next =
    end.kind === "goto"
      ? [end.to]
      : end.kind === "branch"
        ? [end.then, end.else]
        : end.kind === "choice"
          ? [...end.to]
          : [];
  return handler === undefined ? next : [...next, handler];
}

/** For each reached block the blocks that every way to its start runs through to their ends; a handler is entered from any point of its blocks. */
function dominatorsOf(fact: FunctionFacts): readonly (ReadonlySet<number> | undefined)[] {
  if (fact.blocks.length > 400) return fact.blocks.map(() => new Set(fact.blocks.keys()));
  const complete: (Set<number> | undefined)[] = fact.blocks.map(() => undefined);
  complete[0] = new Set();
  for (let changed = true; changed; ) {
    changed = false;
    fact.blocks.forEach((block, id) => {
      const at = complete[id];
      if (!at) return;
      for (const next of successors(fact, id)) {
        const isThrown = next === block.handler;
        const through = new Set(at);
        if (!isThrown) through.add(id);
        const known = complete[next];
        if (!known) {
          complete[next] = through;
          changed = true;
          continue;
        }
        for (const dominator of known) {
          if (through.has(dominator)) continue;
          known.delete(dominator);
          changed = true;
        }
      }
    });
  }
  return complete;
}

function operands(instruction: Instruction): readonly number[] {
  switch (instruction.op) {
    case "template":
      return instruction.parts.filter((part) => typeof part === "number");
    case "object":
      return instruction.entries.map(({ value }) => value);
    case "array":
      return instruction.elements.map(({ value }) => value);
    case "store":
    case "await":
    case "dispose":
      return [instruction.value];
    case "get":
    case "rest":
      return [instruction.object];
    case "set":
      return [instruction.object, instruction.value];
    case "index":
      return [instruction.object, instruction.key];
    case "setIndex":
      return [instruction.object, instruction.key, instruction.value];
    case "element":
      return [instruction.collection];
    case "call":
      return [
        instruction.callee,
        ...(instruction.receiver === undefined ? [] : [instruction.receiver]),
        ...instruction.arguments.map(({ value }) => value),
      ];
    case "yield":
      return instruction.value === undefined ? [] : [instruction.value];
    case "operation":
    case "unknown":
      return instruction.operands;
    default:
      return [];
  }
}
