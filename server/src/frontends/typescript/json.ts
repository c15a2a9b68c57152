import { type ParseError, parse } from "jsonc-parser";

export type Json = unknown;

const cache = new Map<string, { readonly text: string; readonly value: Json }>();

/** Reads JSON with comments; half-typed text is read as far as it goes. The last value of each path is kept: configurations seldom change. */
export function readJson(path: string, text: string): Json {
  const known = cache.get(path);
  if (known?.text === text) return known.value;
  const value = parseTolerantly(text);
  cache.set(path, { text, value });
  return value;
}

/** Most texts are plain JSON, which the engine reads ten times as fast. */
function parseTolerantly(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    const errors: ParseError[] = [];
    return parse(text, errors, { allowTrailingComma: true });
  }
}

export const asObject = (value: Json): Readonly<Record<string, Json>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Json>>) : {};

export const asText = (value: Json): string | undefined => (typeof value === "string" ? value : undefined);

/** A text, or the texts of a list. */
export const textsOf = (value: Json): readonly string[] =>
  typeof value === "string" ? [value] : Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
