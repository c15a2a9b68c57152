import { replace } from "../../core/edit.ts";
import type { Model, Pool } from "../../core/model.ts";
import type { Edit } from "../../core/rule.ts";
import { slice } from "../../core/text.ts";
import { sourceOf } from "./options.ts";

/** The edit that takes query parameters out of a URL that is written as a literal; undefined where it is not. */
export function withoutParameters(model: Model, { url }: Pool, names: readonly string[]): Edit | undefined {
  const { literal } = url ?? {};
  if (!literal) return undefined;
  const source = sourceOf(model, literal.path);
  const written = slice(source.text, literal.span);
  const [head = "", query] = written.slice(0, -1).split(/\?(?=[^?]*$)/);
  if (query === undefined) return undefined;
  const kept = query.split("&").filter((part) => !names.includes(part.split("=")[0] ?? ""));
  return replace(source, literal.span, `${head}${kept.length > 0 ? `?${kept.join("&")}` : ""}${written.slice(-1)}`);
}
