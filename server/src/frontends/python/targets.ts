import type { ValueId } from "../../core/facts.ts";
import type { Span } from "../../core/text.ts";
import { elementOf, get, global, load, value } from "./expressions.ts";
import type { FunctionLowering } from "./function-lowering.ts";
import { expressionIn, parts, unwrap } from "./nodes.ts";
import { plainText } from "./strings.ts";
import type { Node } from "./tree.ts";
import { typed, typeRef } from "./types.ts";

/** A place that can be read and written; its object is evaluated once, now. */
export interface Reference {
  read(): ValueId;
  write(from: ValueId, at: Span): void;
}

/** Stores a value into a target, which may be a tuple of targets. */
export function assignTo(f: FunctionLowering, target: Node, from: ValueId, type?: Node): void {
  const node = unwrap(target);
  if (node.type === "TupleExpression" || node.type === "ArrayExpression") {
    assignAll(f, parts(node.children), from);
    return;
  }
  const held = type && node.type !== "VariableName" ? typed(f, node, from, typeRef(f, type)) : from;
  reference(f, node).write(held, f.file.span(node));
}

/** `a, *b = …`: one element after another. */
export function assignAll(f: FunctionLowering, targets: readonly (readonly Node[])[], from: ValueId): void {
  targets.forEach((target, index) => {
    const [first, second] = target;
    const isRest = first?.type === "*" || first?.type === "ArithOp";
    const node = isRest ? second : first;
    if (!node) return;
    const dst = f.next();
    const span = f.file.span(node);
    if (isRest) f.emit({ op: "rest", dst, object: from, except: [], span });
    else f.emit({ op: "element", dst, collection: from, index, span });
    assignTo(f, node, dst);
  });
}

export function reference(f: FunctionLowering, target: Node): Reference {
  const node = unwrap(target);
  const at = f.file.span(node);
  if (node.type === "VariableName") {
    const name = f.file.textOf(node);
    return { read: () => load(f, name, node), write: (from, span) => store(f, name, from, span) };
  }
  if (node.type === "MemberExpression") {
    const [object] = node.children;
    if (!object) return { read: () => f.unknown([], node), write: (from) => void f.unknown([from], node) };
    const property = node.children.find(({ type }) => type === "PropertyName");
    const register = value(f, object, "chained");
    if (property) {
      const name = f.file.textOf(property);
      return {
        read: () => get(f, register, name, node, property),
        write: (from, span) => f.emit({ op: "set", object: register, property: name, value: from, span }),
      };
    }
    const key = expressionIn({ ...node, children: node.children.slice(1) });
    const text = key && plainText(f.file.text, key);
    if (text !== undefined) {
      return {
        read: () => elementOf(f, register, node),
        write: (from, span) => f.emit({ op: "set", object: register, property: text, value: from, span }),
      };
    }
    const index = key && node.children.length === 4 ? value(f, key) : f.unknown([], node);
    return {
      read: () => {
        const dst = f.next();
        f.emit({ op: "index", dst, object: register, key: index, span: at });
        return dst;
      },
      write: (from, span) => f.emit({ op: "setIndex", object: register, key: index, value: from, span }),
    };
  }
  // Half-typed code assigns to anything.
  return { read: () => value(f, node), write: (from) => void f.unknown([from], node) };
}

/** Stores into a name. In a class body it is an attribute of the class as well. */
export function store(f: FunctionLowering, name: string, from: ValueId, at: Span): void {
  f.scope.assign(name);
  const meaning = f.scope.find(name);
  if (meaning?.kind === "variable") {
    f.store(meaning.variable, from, at);
    if (f.scope.kind === "class" && f.scope.names.get(name) === meaning) {
      const object = f.next();
      f.emit({ op: "this", dst: object, span: at });
      f.emit({ op: "set", object, property: name, value: from, span: at });
    }
    return;
  }
  if (meaning === undefined)
    f.emit({ op: "set", object: global(f, "globalThis", at), property: name, value: from, span: at });
}
