import type { CallInstruction } from "../core/facts.ts";
import { type FunctionNode, isPython } from "./program.ts";
import { definition } from "./text.ts";

/** The text of a call for people: `client.query()`. */
export function nameOf(each: FunctionNode, call: CallInstruction): string {
  const callee = definition(each, call.callee);
  const names: string[] = [];
  let at = callee;
  for (let depth = 0; at !== undefined && depth < 6; depth++) {
    if (at.op === "get") {
      names.unshift(at.property);
      at = definition(each, at.object);
    } else if (at.op === "index") {
      names.unshift("[…]");
      at = definition(each, at.object);
    } else {
      if (at.op === "load") names.unshift(each.file.facts.variables[at.variable]?.name ?? "");
      else if (at.op === "global") names.unshift(at.name);
      else if (at.op === "this") names.unshift(isPython(each) ? "self" : "this");
      else if (at.op === "super") names.unshift("super");
      else if (names.length > 0) names.unshift("…");
      break;
    }
  }
  const name = names
    .filter((one) => one !== "")
    .join(".")
    .replaceAll(".[…]", "[…]");
  return name === "" || name.startsWith("[") ? "the call" : `\`${call.style === "new" ? "new " : ""}${name}()\``;
}

/** The call that an await waits for, or the await itself. */
export function waitedName(each: FunctionNode, register: number): string {
  const instruction = definition(each, register);
  return instruction?.op === "call" ? nameOf(each, instruction) : "the `await`";
}
