import type { DirectiveFact, FunctionFacts } from "../../core/facts.ts";
import { directiveMarker, readDirective } from "../directives.ts";
import type { FileLowering } from "./file-lowering.ts";
import { statementsOf } from "./nodes.ts";
import type { Node, Parsed } from "./tree.ts";

/** The suppression comments of a file. The same words in a text are none. */
export function directives({ text, comments }: Parsed): readonly DirectiveFact[] {
  if (!text.includes(directiveMarker)) return [];
  const found: DirectiveFact[] = [];
  for (const place of comments) {
    const at = text.indexOf(directiveMarker, place.start);
    if (at < 0 || at >= place.end) continue;
    // After the code and other tools' words: `x = 1  # noqa  # bouncer-safe-disable-line`.
    const hash = text.lastIndexOf("#", at);
    const fact = readDirective(text, { start: Math.max(place.start, hash), end: place.end });
    if (fact) found.push(fact);
  }
  return found;
}

const none: FunctionFacts["tags"] = Object.freeze([]);

/** `@external` and `@pure` in the docstring, or in a comment on the line above. */
export function functionTags(file: FileLowering, node: Node, body: Node | undefined): FunctionFacts["tags"] {
  if (!file.hasTags) return none;
  const first = body && statementsOf(body)[0];
  const doc = first?.type === "ExpressionStatement" ? file.textOf(first) : "";
  const above = /(?:^|\n)((?:[ \t]*#[^\n]*\n)+)[ \t]*$/.exec(
    file.text.slice(Math.max(0, node.start - 1_000), node.start),
  );
  const words = `${/^[rRuU]?["']/.test(doc) ? doc : ""}\n${above?.[1] ?? ""}`;
  const tags: ("external" | "pure")[] = [];
  if (/@external\b/.test(words)) tags.push("external");
  if (/@pure\b/.test(words)) tags.push("pure");
  return tags;
}
