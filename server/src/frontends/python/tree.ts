import { Tree, TreeFragment } from "@lezer/common";
import { parser } from "@lezer/python";
import { difference, type Span, span } from "../../core/text.ts";
import { nodeOf } from "./expression-parser.ts";
import { mend } from "./mend.ts";
import { parseRegular } from "./parser.ts";

/**
 * A node as the lowering reads it. Where the grammar came from ends here: another parser would make the same nodes. Nodes end where their last
 * token ends, without the end of the line.
 */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly Node[];
}

export interface Parsed {
  readonly text: string;
  /** What the parser was given: the same places, mended. */
  readonly mended: string;
  readonly root: Node;
  readonly comments: readonly Span[];
}

/** The tree of a text on its own. */
export function parse(text: string): Parsed {
  const mended = mend(text);
  return { text, mended, ...(parseRegular(mended) ?? parseWithGrammar(mended)) };
}

/** The tree of any text. */
export const parseWithGrammar = (mended: string): Tokens => toNodes(grown(mended), mended.length);

type Tokens = Pick<Parsed, "root" | "comments">;

/** The parser's tree; of what nests deeper than the parser's own stack, an empty one. */
function grown(text: string, fragments?: readonly TreeFragment[]): Tree {
  try {
    return parser.parse(text, fragments);
  } catch (error) {
    if (error instanceof RangeError) return Tree.empty;
    throw error;
  }
}

const moves = new WeakMap<Node, Node>();

/** A target that `mend` made a name of, as it is written. */
export function written(text: string, node: Node): Node {
  if (node.type !== "VariableName" || !/[^\w]/.test(text.slice(node.start, node.end))) return node;
  let known = moves.get(node);
  if (!known) {
    const [statement] = parse(text.slice(node.start, node.end)).root.children;
    known = shift(statement?.children[0] ?? node, statement ? node.start : 0);
    moves.set(node, known);
  }
  return known;
}

const shift = ({ type, start, end, children }: Node, by: number): Node => ({
  type,
  start: start + by,
  end: end + by,
  children: children.map((child) => shift(child, by)),
});

/**
 * Parses the same files again and again: what did not change between two texts is not parsed again. A tree is kept from the second text on,
 * so a scan of a whole workspace holds none; and for a few files only, as people edit a few at a time.
 */
export class Parser {
  readonly #seen = new Set<string>();
  /** In the order of their last use. */
  readonly #last = new Map<string, { readonly text: string; readonly fragments: readonly TreeFragment[] }>();

  /** The tree of the newest text. */
  parse(path: string, text: string): Parsed {
    if (!this.#seen.has(path)) {
      this.#seen.add(path);
      return parse(text);
    }
    const mended = mend(text);
    const last = this.#last.get(path);
    const tree = grown(mended, last && moved(last.fragments, last.text, mended));
    this.#last.delete(path);
    this.#last.set(path, { text: mended, fragments: TreeFragment.addTree(tree) });
    if (this.#last.size > mostTrees) this.#last.delete(this.#last.keys().next().value!);
    return { text, mended, ...toNodes(tree, mended.length) };
  }
}

const mostTrees = 8;

/** What of an earlier tree still stands, by the one stretch in which two texts differ. */
function moved(fragments: readonly TreeFragment[], before: string, after: string): readonly TreeFragment[] {
  const changed = difference(before, after);
  const change = {
    fromA: changed.before.start,
    toA: changed.before.end,
    fromB: changed.after.start,
    toB: changed.after.end,
  };
  return TreeFragment.applyChanges(fragments, [change]);
}

/** Nodes whose own text goes on after their last child. */
const whole: ReadonlySet<string> = new Set(["String", "FormatString", "FormatReplacement", "FormatSpec"]);

interface OpenNode extends Node {
  end: number;
  readonly children: Node[];
}

/** Copies a tree without recursion: generated code nests deeper than the stack. */
function toNodes(tree: Tree, length: number): Tokens {
  const comments: Span[] = [];
  const cursor = tree.cursor();
  const root: OpenNode = { type: "Script", start: 0, end: length, children: [] };
  const stack: OpenNode[] = [root];
  if (!cursor.firstChild()) return { root, comments };
  for (;;) {
    const { name, from, to } = cursor;
    const parent = stack[stack.length - 1]!;
    let entered = false;
    if (name === "Comment") comments.push(span(from, to));
    else if (name === "⚠" || name === "Escape") {
      // What the parser skipped or missed is nothing to lower, and escapes are read with their text.
    } else {
      entered = cursor.firstChild();
      const node = nodeOf(name, from, to, entered ? [] : undefined);
      parent.children.push(node);
      if (entered) stack.push(node as OpenNode);
    }
    if (entered) continue;
    while (!cursor.nextSibling()) {
      if (!cursor.parent() || stack.length === 1) return { root, comments };
      const done = stack.pop()!;
      const last = done.children[done.children.length - 1];
      if (last && !whole.has(done.type)) done.end = last.end;
    }
  }
}
