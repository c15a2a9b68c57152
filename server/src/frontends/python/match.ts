import { condition } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { childOf, expressionIn } from "./nodes.ts";
import { body, tupled } from "./statements.ts";
import { store } from "./targets.ts";
import type { Node } from "./tree.ts";

/** Which case is taken is not looked into; what a pattern captures is some part of the subject. */
export function matchStatement(f: FunctionLowering, node: Node): void {
  const inside = childOf(node, "MatchBody");
  const given = node.children.slice(1).filter(({ type }) => type !== "MatchBody");
  const [first] = given;
  if (!first) return;
  const subject = tupled(f, given, first);
  const clauses = inside?.children.filter(({ type }) => type === "MatchClause") ?? [];
  const after = f.open();
  const blocks = clauses.map(() => f.open());
  const isComplete = clauses.some(
    (clause) => !childOf(clause, "Guard") && clause.children[1]?.type === "CapturePattern",
  );
  f.end({ kind: "choice", to: isComplete ? blocks : [...blocks, after], span: f.file.span(first) });
  clauses.forEach((clause, index) => {
    f.start(blocks[index]!);
    for (const pattern of clause.children) capture(f, pattern, subject);
    const guard = childOf(clause, "Guard");
    const test = guard && expressionIn(guard);
    if (test) {
      const yes = f.open();
      condition(f, test, yes, blocks[index + 1] ?? after);
      f.start(yes);
    }
    body(f, childOf(clause, "Body"));
    f.goto(after);
  });
  f.meet(after);
}

function capture(f: FunctionLowering, pattern: Node, subject: number): void {
  switch (pattern.type) {
    case "CapturePattern": {
      const [name] = pattern.children;
      if (name && f.file.textOf(name) !== "_") store(f, f.file.textOf(name), subject, f.file.span(name));
      return;
    }
    case "AsPattern": {
      for (const child of pattern.children) capture(f, child, subject);
      const name = pattern.children[pattern.children.length - 1];
      if (name?.type === "VariableName") store(f, f.file.textOf(name), subject, f.file.span(name));
      return;
    }
    case "SequencePattern":
    case "MappingPattern":
    case "PatternArgList":
    case "KeywordPattern": {
      const dst = f.next();
      f.emit({ op: "element", dst, collection: subject, span: f.file.span(pattern) });
      for (const child of pattern.children) capture(f, child, dst);
      return;
    }
    case "ClassPattern":
    case "OrPattern":
    case "StarPattern":
      for (const child of pattern.children) capture(f, child, subject);
  }
}
