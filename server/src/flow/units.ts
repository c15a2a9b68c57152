import type { Forwarders } from "./forwarders.ts";
import { type FileNode, type FunctionNode, nodeOf } from "./program.ts";

/**
 * The functions of a file by what has to be followed together: a session that is taken in one and handed to another is one story, two functions
 * that know nothing of each other are two. In the order of the text.
 */
export function unitsOf(file: FileNode, forwarders: Forwarders): readonly (readonly FunctionNode[])[] {
  const matters = thatMatter(file, forwarders);
  const joined = new Map<FunctionNode, FunctionNode>();
  const root = (each: FunctionNode): FunctionNode => {
    let at = each;
    for (let next = joined.get(at); next !== undefined; next = joined.get(at)) at = next;
    return at;
  };
  const join = (a: FunctionNode, b: FunctionNode): void => {
    const [one, other] = [root(a), root(b)];
    if (one === other) return;
    if (one.position < other.position) joined.set(other, one);
    else joined.set(one, other);
  };
  for (const each of matters) {
    for (const { targets, driver } of each.calls.values()) {
      for (const target of targets) if (matters.has(target)) join(each, target);
      for (const { callbacks } of driver) for (const target of callbacks) if (matters.has(target)) join(each, target);
    }
    const around = outerThatMatters(each, matters);
    if (around !== undefined) join(each, around);
  }
  const units = new Map<FunctionNode, FunctionNode[]>();
  for (const each of file.functions) {
    const members = units.get(root(each));
    if (members === undefined) units.set(root(each), [each]);
    else members.push(each);
  }
  return [...units.values()];
}

/** The functions that do something with a connection, and those that call one of them. */
function thatMatter(file: FileNode, forwarders: Forwarders): ReadonlySet<FunctionNode> {
  const found = new Set(file.functions.filter((each) => usesConnection(each, forwarders)));
  for (const each of found) {
    for (const caller of each.callers.values()) if (caller.file === file) found.add(caller);
  }
  return found;
}

function usesConnection({ calls }: FunctionNode, forwarders: Forwarders): boolean {
  for (const { driver, targets } of calls.values()) {
    for (const { effects } of driver)
      if (effects.some(({ does }) => does !== "opens" && does !== "wraps" && does !== "reads environment")) return true;
    for (const target of targets) if (forwarders.of(target) !== undefined) return true;
  }
  return false;
}

/** The function around this one, however far out, that does something with a connection. The module's body is around everything. */
function outerThatMatters(each: FunctionNode, matters: ReadonlySet<FunctionNode>): FunctionNode | undefined {
  for (let id = each.facts.parent; id !== undefined && id !== 0; ) {
    const outer = nodeOf(each.file, id);
    if (outer === undefined) return undefined;
    if (matters.has(outer)) return outer;
    id = outer.facts.parent;
  }
  return undefined;
}
