import { ts } from "ts-morph";
import type { DirectiveFact, FunctionFacts } from "../../core/facts.ts";
import { type Span, span } from "../../core/text.ts";
import { directiveMarker, readDirective } from "../directives.ts";
import type { FunctionLowering } from "./function-lowering.ts";

const comment = /\/\/[^\r\n\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** The suppression comments of a file. The same words in a text or a template are none. */
export function directives(source: ts.SourceFile): readonly DirectiveFact[] {
  const { text } = source;
  const found: DirectiveFact[] = [];
  for (
    let at = text.indexOf(directiveMarker);
    at !== -1;
    at = text.indexOf(directiveMarker, at + directiveMarker.length)
  ) {
    const place = commentAround(source, at);
    const fact = place && readDirective(text, place);
    if (fact && found[found.length - 1]?.span.start !== fact.span.start) found.push(fact);
  }
  return found;
}

/** The comment that an offset stands in, found from the innermost syntax node around it. */
function commentAround(source: ts.SourceFile, offset: number): Span | undefined {
  let node: ts.Node = source;
  for (;;) {
    let before = node.pos;
    let after = node.end;
    const inner: ts.Node | undefined = ts.forEachChild(node, (child) => {
      if (child.pos <= offset && offset < child.end) return child;
      if (child.end <= offset) before = Math.max(before, child.end);
      else if (child.pos > offset) after = Math.min(after, child.pos);
      return undefined;
    });
    if (!inner) {
      // A leaf holds text of its own after the comments in front of it.
      const isLeaf = before === node.pos && after === node.end;
      const limit = isLeaf && node.kind !== ts.SyntaxKind.Block ? leafStart(source, node) : after;
      return commentIn(source.text, before, limit, offset);
    }
    node = inner;
  }
}

function leafStart(source: ts.SourceFile, node: ts.Node): number {
  const hasText =
    ts.isToken(node) ||
    ts.isIdentifier(node) ||
    ts.isJsxText(node) ||
    ts.isLiteralExpression(node) ||
    ts.isTemplateLiteralToken(node);
  if (!hasText || node.kind === ts.SyntaxKind.EndOfFileToken) return node.end;
  return ts.isJsxText(node) ? node.pos : node.getStart(source);
}

function commentIn(text: string, from: number, to: number, offset: number): Span | undefined {
  comment.lastIndex = from;
  for (let match = comment.exec(text); match && match.index < to; match = comment.exec(text)) {
    const end = match.index + match[0].length;
    if (match.index <= offset && offset < end) return span(match.index, end);
    if (match.index > offset) return undefined;
  }
  return undefined;
}

/**
 * `@external` and `@pure` in the doc comment in front of a function, of the property that it belongs to, or of the statement that names it.
 */
export function functionTags(f: FunctionLowering, node: ts.Node, name: ts.Node | undefined): FunctionFacts["tags"] {
  const { file } = f;
  if (!file.hasTags) return none;
  const doc = docOf(f, node) ?? (name && docOf(f, name)) ?? statementDoc(f, node);
  if (doc === undefined) return none;
  const tags: ("external" | "pure")[] = [];
  if (/@external\b/.test(doc)) tags.push("external");
  if (/@pure\b/.test(doc)) tags.push("pure");
  return tags;
}

const none: FunctionFacts["tags"] = Object.freeze([]);

function docOf({ file: { source } }: FunctionLowering, node: ts.Node): string | undefined {
  return lastDoc(source.text.slice(node.pos, node.getStart(source)));
}

/** The doc comment of `const send = () => …`, where the function is the first thing of its statement. */
function statementDoc({ file, statement }: FunctionLowering, node: ts.Node): string | undefined {
  const start = file.statements[statement]?.span.start;
  if (start === undefined || start > node.pos || file.source.text.slice(start, node.pos).includes("{"))
    return undefined;
  const before = file.source.text.slice(0, start).trimEnd();
  return before.endsWith("*/") ? lastDoc(before) : undefined;
}

function lastDoc(trivia: string): string | undefined {
  const start = trivia.lastIndexOf("/**");
  return start < 0 ? undefined : trivia.slice(start);
}
