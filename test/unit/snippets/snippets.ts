import { readFileSync } from "node:fs";

export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
}

export const languages = ["typescript", "javascript", "python", "pgbouncer"] as const;
export type Language = (typeof languages)[number];

/** The snippets of one file of `snippets/`, in its order. */
export function readSnippets(language: Language): readonly Snippet[] {
  const file = new URL(`../../../snippets/${language}.json`, import.meta.url);
  const entries = Object.values(JSON.parse(readFileSync(file, "utf8"))) as {
    prefix: string;
    description: string;
    body: string[];
  }[];
  return entries.map(({ prefix, description, body }) => ({ prefix, description, body: body.join("\n") }));
}
