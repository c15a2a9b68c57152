import type { ClassId, DecoratorFact, FunctionId, MemberFact, ParameterFact, TypeRef } from "../../core/facts.ts";
import { span } from "../../core/text.ts";
import { finish } from "../control-flow/blocks.ts";
import { FunctionLowering } from "./function-lowering.ts";
import type { Node } from "./tree.ts";

const decoratorNames: ReadonlySet<string> = new Set(["dataclass", "define", "frozen", "mutable", "attrs", "s"]);
const baseNames: ReadonlySet<string> = new Set(["NamedTuple", "BaseModel", "BaseSettings", "TypedDict", "Struct"]);

/** The constructor that a dataclass and kin get from their annotated fields; undefined for other classes. */
export function fieldsConstructor(
  outer: FunctionLowering,
  node: Node,
  id: ClassId,
  decorators: readonly DecoratorFact[],
  bases: readonly TypeRef[],
  members: readonly MemberFact[],
): FunctionId | undefined {
  const isMade =
    decorators.some(({ name }) => decoratorNames.has(name[name.length - 1] ?? "")) ||
    bases.some((base) => base.kind === "named" && baseNames.has(base.name[base.name.length - 1] ?? ""));
  const fields = members.filter(({ kind, type, static: isStatic }) => kind === "field" && (type || !isStatic));
  if (!isMade || fields.length === 0) return undefined;
  const { file } = outer;
  const functionId = file.reserveFunction(file.span(node), "constructor");
  const f = new FunctionLowering(file, functionId, outer, { scope: "function", inMethod: true });
  const parameters = fields.map((field): ParameterFact => {
    const at = field.span;
    const variable = file.declare(field.name, "parameter", functionId, at);
    const object = f.next();
    f.emit({ op: "this", dst: object, span: at });
    f.emit({ op: "set", object, property: field.name, value: f.load(variable, at), span: at });
    return { variable, rest: false, optional: field.static, property: false, decorators: [], span: at };
  });
  f.end({ kind: "return", span: span(node.end, node.end) });
  file.functions[functionId] = {
    id: functionId,
    kind: "constructor",
    async: false,
    generator: false,
    parameters,
    parent: outer.id,
    class: id,
    static: false,
    blocks: finish(f),
    entry: 0,
    span: file.ownSpan(node),
    bodySpan: span(node.end, node.end),
    tags: [],
  };
  return functionId;
}
