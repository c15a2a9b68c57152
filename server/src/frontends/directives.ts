import type { DirectiveFact } from "../core/facts.ts";
import { type Span, span } from "../core/text.ts";

/** The words that every suppression comment holds. */
export const directiveMarker = "bouncer-safe-disable";

const directive = /^(?:\/\/|\/\*|#|;)[\s*#;]*bouncer-safe-disable(-next-line|-line)?(?![\w-])([\s\S]*?)(?:\*\/)?$/;

/** What the comment at `place` says; undefined for any other comment. */
export function readDirective(text: string, place: Span): DirectiveFact | undefined {
  const match = directive.exec(text.slice(place.start, place.end));
  if (!match) return undefined;
  const [, suffix, rest = ""] = match;
  const split = /(?:^|\s)--(?=\s|$)/.exec(rest);
  const names = split ? rest.slice(0, split.index) : rest;
  const rules = names.split(/[\s,]+/).filter((name) => name !== "" && name !== "*");
  const reason = split ? rest.slice(split.index + split[0].length).trim() : "";
  const kind = suffix === "-line" ? "disable-line" : suffix === "-next-line" ? "disable-next-line" : "disable-file";
  return { kind, rules, ...(reason && { reason }), span: place, covers: covered(text, place, kind) };
}

function covered(text: string, place: Span, kind: DirectiveFact["kind"]): Span {
  if (kind === "disable-file") return span(0, text.length);
  // A comment over several lines speaks for where it ends.
  const own = lineAt(text, kind === "disable-line" ? place.start : place.end);
  if (kind === "disable-line") return span(own.start, lineAt(text, place.end).end);
  return own.end >= text.length
    ? span(text.length, text.length)
    : lineAt(text, own.end + (text.startsWith("\r\n", own.end) ? 2 : 1));
}

/** The line around an offset, without its end. */
function lineAt(text: string, offset: number): Span {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  let end = offset;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  return span(offset === 0 ? 0 : start, end);
}
