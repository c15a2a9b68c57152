import type { Node } from "./tree.ts";

/** The parts of a list between its commas, without the tokens that open and close it. */
export function parts(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const found: Node[][] = [];
  let part: Node[] = [];
  for (const node of nodes) {
    if (node.type === ",") {
      if (part.length > 0) found.push(part);
      part = [];
    } else if (!brackets.has(node.type)) part.push(node);
  }
  if (part.length > 0) found.push(part);
  return found;
}

const brackets: ReadonlySet<string> = new Set(["(", ")", "[", "]", "{", "}"]);

/** Tokens that are syntax alone. */
const isWord = (type: string): boolean => /^[a-z]+$/.test(type) || /^\W+$/.test(type);

/** The first child that is an expression. */
export const expressionIn = (node: Node): Node | undefined => node.children.find(({ type }) => !isWord(type));

export const expressionsIn = (node: Node): readonly Node[] => node.children.filter(({ type }) => !isWord(type));

export const childOf = (node: Node, type: string): Node | undefined => node.children.find((one) => one.type === type);

export const has = (node: Node, type: string): boolean => node.children.some((one) => one.type === type);

/** The statements of a body, those of `a; b` each on its own. */
export function statementsOf(body: Node): readonly Node[] {
  const found: Node[] = [];
  for (const node of body.children) {
    if (node.type === "StatementGroup") found.push(...node.children.filter(({ type }) => type !== ";"));
    else if (node.type !== ":") found.push(node);
  }
  return found;
}

/** Without parentheses. */
export function unwrap(node: Node): Node {
  let at = node;
  while (at.type === "ParenthesizedExpression") {
    const inner = at.children.find(({ type }) => type !== "(" && type !== ")");
    if (!inner || inner.type === "*") return at;
    at = inner;
  }
  return at;
}
