import type { Instruction, ValueId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import type { Body } from "./body.ts";

/** Instructions that only compute: evaluating them on a path that does not need them changes nothing. */
const computes: ReadonlySet<Instruction["op"]> = new Set([
  "literal",
  "template",
  "object",
  "array",
  "load",
  "global",
  "this",
  "super",
  "get",
  "index",
  "rest",
  "element",
  "closure",
  "import",
  "either",
  "operation",
]);

/**
 * Lowers an operand that is evaluated only where `test` is (not) truthy. It becomes a block of its own unless it merely computes.
 */
export function sometimes<Scope>(
  f: Body<Scope>,
  test: ValueId,
  when: "truthy" | "falsy",
  at: Span,
  evaluate: () => ValueId,
): ValueId {
  const before = f.here();
  const block = f.open();
  f.start(block);
  const result = evaluate();
  const onlyComputes =
    f.current === block &&
    f.blocks[f.blocks.length - 1] === block &&
    block.instructions.every(({ op }) => computes.has(op));
  if (onlyComputes) {
    f.blocks.pop();
    for (const instruction of block.instructions) before.instructions.push(instruction);
    f.start(before);
    return result;
  }
  const after = f.open();
  f.goto(after);
  const [yes, no] = when === "truthy" ? [block, after] : [after, block];
  f.branch(test, yes, no, at, before);
  f.meet(after);
  return result;
}
