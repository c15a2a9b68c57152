import type { Argument, ValueId, VariableId } from "../../core/facts.ts";
import { finish } from "../control-flow/blocks.ts";
import { argumentsOf, calleeOf, emitCall } from "./calls.ts";
import { FunctionLowering } from "./function-lowering.ts";
import { parts } from "./nodes.ts";
import type { Node } from "./tree.ts";

/** `partial(f, a, k=b)` is a function that calls `f(a, *rest, k=b)`. */
export function partialFunction(outer: FunctionLowering, node: Node, list: Node): ValueId | undefined {
  const [target, ...given] = parts(list.children);
  const [callee] = target ?? [];
  if (!callee || target?.length !== 1) return undefined;
  const { file } = outer;
  const at = file.span(node);
  const known = outer.copying > 0 ? file.once.functions.get(node) : undefined;
  const keep = (register: ValueId): VariableId => {
    const variable = file.declare("", "temporary", outer.id, at);
    outer.store(variable, register, at);
    return variable;
  };
  const called = keep(calleeOf(outer, callee).callee);
  const bound = argumentsOf(outer, { ...list, children: given.flatMap((part) => [...part, comma(list)]) }).map(
    (argument) => ({ argument, variable: keep(argument.value) }),
  );
  const id = known ?? file.reserveFunction(at, "arrow");
  if (known === undefined) {
    if (outer.copying > 0) file.once.functions.set(node, id);
    const f = new FunctionLowering(file, id, outer, { scope: "function" });
    const rest = file.declare("", "parameter", id, at);
    const handed = (argument: Argument, variable: VariableId): Argument => ({
      ...argument,
      value: f.load(variable, at),
    });
    const register = f.load(called, at);
    const fixed = bound.map(({ argument, variable }) => handed(argument, variable));
    const dst = emitCall(f, {
      style: "call",
      callee: register,
      arguments: [
        ...fixed.filter(({ keyword }) => keyword === undefined),
        { value: f.load(rest, at), spread: true, span: at },
        ...fixed.filter(({ keyword }) => keyword !== undefined),
      ],
      use: "returned",
      span: at,
      calleeSpan: file.span(callee),
      argumentsSpan: file.span(list),
      managed: false,
    });
    f.end({ kind: "return", value: dst, span: at });
    file.functions[id] = {
      id,
      kind: "arrow",
      async: false,
      generator: false,
      parameters: [{ variable: rest, rest: true, optional: false, property: false, decorators: [], span: at }],
      parent: outer.id,
      static: false,
      blocks: finish(f),
      entry: 0,
      span: at,
      bodySpan: at,
      tags: [],
    };
  }
  const dst = outer.next();
  outer.emit({ op: "closure", dst, function: id, span: at });
  return dst;
}

const comma = ({ end }: Node): Node => ({ type: ",", start: end, end, children: [] });
