import type { Span } from "../core/text.ts";
import type { Tree } from "./tree.ts";

/** Space, line breaks and comments, by the form that comments have. */
const blanks = {
  hash: /(?:\s|\uFEFF|#[^\n]*)+/y,
  "hash and slashes": /(?:\s|\uFEFF|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y,
} as const;

/** Goes through a text from its front, by sticky patterns. */
export class Scanner {
  readonly text: string;
  at = 0;
  readonly #blank: RegExp;

  constructor(text: string, comments: keyof typeof blanks) {
    this.text = text;
    this.#blank = blanks[comments];
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** What matches here, and goes behind it; undefined, without a move, where it does not. `pattern` is sticky. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Space, line breaks and comments. */
  skipAll(): void {
    this.take(this.#blank);
  }

  skipLine(): void {
    this.take(/[^\n]*\n?/y);
  }
}

/** A map that is still being read. */
export interface Building {
  readonly kind: "building";
  readonly entries: { readonly key: string; readonly keySpan: Span; value: Node | undefined }[];
  span: Span;
}

/** A list of maps that is still being read. */
interface BuildingList {
  readonly kind: "buildings";
  readonly items: Building[];
  readonly span: Span;
}

type Node = Tree | Building | BuildingList;

export const building = (span: Span): Building => ({ kind: "building", entries: [], span });

/** Adds an entry; one of the same key is replaced, as the last one counts. */
export const put = ({ entries }: Building, key: string, keySpan: Span, value: Node | undefined): void => {
  const known = entries.findIndex((entry) => entry.key === key);
  if (known >= 0) entries.splice(known, 1);
  entries.push({ key, keySpan, value });
};

/** What was built, as a tree that does not change any more. */
export const settle = ({ entries, span }: Building): Tree => ({
  kind: "map",
  entries: entries.map(({ key, keySpan, value }) => ({ key, keySpan, value: value && settled(value) })),
  span,
});

const settled = (value: Node): Tree => {
  if (value.kind === "building") return settle(value);
  return value.kind === "buildings" ? { kind: "list", items: value.items.map(settle), span: value.span } : value;
};
