import type { Node } from "./tree.ts";

/** The parts of a list between its commas, without the tokens that open and close it. */
export function parts(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const found: Node[][] = [];
  let part: Node[] | undefined;
  for (const node of nodes) {
    if (node.type === ",") part = undefined;
    else if (brackets.has(node.type)) continue;
    else if (part === undefined) {
      part = [node];
      found.push(part);
    } else part.push(node);
  }
  return found;
}

const brackets: ReadonlySet<string> = new Set(["(", ")", "[", "]", "{", "}"]);

/** Tokens that are syntax alone. There are a hundred types, asked about a million times. */
function isWord(type: string): boolean {
  let known = words.get(type);
  if (known === undefined) {
    known = /^[a-z]+$/.test(type) || /^\W+$/.test(type);
    words.set(type, known);
  }
  return known;
}

const words = new Map<string, boolean>();

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
