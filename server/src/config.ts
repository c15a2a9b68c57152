import { getNodeValue, type Node, type ParseError, type ParseErrorCode, parseTree } from "jsonc-parser";
import { type Described, type SettingsObject, settings } from "./config/description.ts";
import { meant } from "./core/meant.ts";
import type { Settings } from "./core/settings.ts";
import { rules } from "./rules/index.ts";
import { unusedSuppression } from "./suppressions.ts";

/** The project's own file: JSON with comments and trailing commas. */
export const configurationName = "bouncer-safe.json";

/** Settings that say only some of it. */
export type PartialSettings = { readonly [K in keyof Settings]?: Settings[K] };

export interface ConfigurationProblem {
  /** One line, present tense, names the key. */
  readonly message: string;
  /** UTF-16 offset in the text. */
  readonly offset: number;
  /** UTF-16 units. */
  readonly length: number;
}

export interface Configuration {
  /** What is right in the text; a value that is not counts as not given. */
  readonly settings: PartialSettings;
  readonly problems: readonly ConfigurationProblem[];
}

/** Reads a `bouncer-safe.json`. Never throws: every fault of the text is a problem with its place. */
export const readConfiguration = (text: string): Configuration => {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const problems: ConfigurationProblem[] = errors
    .slice(0, 1)
    .map(({ error, offset, length }) => ({ message: syntaxErrors[error] ?? "is no JSON", offset, length }));
  // An empty file says nothing, which is what it means.
  if (!root) return { settings: {}, problems: text.trim() === "" ? [] : problems };
  const value = read(root, settings, "", problems);
  return { settings: (value ?? {}) as PartialSettings, problems: problems.sort((a, b) => a.offset - b.offset) };
};

/** The editor's settings object, of the same shape. A wrong value counts as not given: the editor underlines it in its own settings file. */
export const readSettingsObject = (value: unknown): PartialSettings =>
  readConfiguration(JSON.stringify(value ?? {})).settings;

/** `over` goes before `base`; lists are joined. */
export const mergeSettings = (base: Settings, over: PartialSettings): Settings => ({
  pooler: { ...base.pooler, ...over.pooler },
  rules: { ...base.rules, ...over.rules },
  ignore: join(base.ignore, over.ignore),
  external: join(base.external, over.external),
  pure: join(base.pure, over.pure),
  replicas: over.replicas ?? base.replicas,
});

const join = (base: readonly string[], over: readonly string[] | undefined): readonly string[] =>
  over?.length ? [...new Set([...base, ...over])] : base;

/** What may stand as a key of `rules`. */
const ruleNames = (): readonly string[] => [...rules.map(({ name }) => name), unusedSuppression];

const read = (node: Node, described: Described, path: string, problems: ConfigurationProblem[]): unknown => {
  const wrong = (expected: string): undefined => {
    problems.push({
      message: `${path ? `\`${path}\` is` : "the file has to be"} ${expected}, not ${show(node)}`,
      offset: node.offset,
      length: node.length,
    });
  };
  const value: unknown = getNodeValue(node);
  switch (described.kind) {
    case "choice":
      return typeof value === "string" && described.values.includes(value)
        ? value
        : wrong(`one of ${described.values.join(", ")}`);
    case "text":
      return typeof value === "string" && (!described.pattern || new RegExp(described.pattern).test(value))
        ? value
        : wrong(described.expected);
    case "number":
      return typeof value === "number" && Number.isInteger(value) && value >= described.least
        ? value
        : wrong(`a whole number from ${described.least}`);
    case "switch":
      return typeof value === "boolean" ? value : wrong("true or false");
    case "texts":
      if (node.type !== "array") return wrong("a list of texts");
      return (node.children ?? []).flatMap((child, index) => {
        const item = read(child, { kind: "text", expected: "a text", description: "" }, `${path}[${index}]`, problems);
        return item === undefined ? [] : [item];
      });
    case "rules":
    case "object":
      if (node.type !== "object") return wrong("an object");
      return readProperties(node, described, path, problems);
  }
};

const readProperties = (
  node: Node,
  described: SettingsObject | Extract<Described, { kind: "rules" }>,
  path: string,
  problems: ConfigurationProblem[],
): unknown => {
  const known = described.kind === "rules" ? ruleNames() : Object.keys(described.properties);
  const result: Record<string, unknown> = {};
  for (const { children } of node.children ?? []) {
    const [key, value] = children ?? [];
    const name = String(key?.value);
    // `$schema` is for the editor.
    if (!key || (path === "" && name === "$schema")) continue;
    if (!known.includes(name)) {
      const near = meant(name, known);
      const what = described.kind === "rules" ? "is no rule" : "is no setting";
      problems.push({
        message: `\`${path ? `${path}.` : ""}${name}\` ${what}${near ? `; did you mean \`${near}\`?` : ""}`,
        offset: key.offset,
        length: key.length,
      });
      continue;
    }
    // Half-typed: the syntax error is told already.
    if (!value) continue;
    const inner: Described = described.kind === "rules" ? described.value : described.properties[name]!;
    const given = read(value, inner, path ? `${path}.${name}` : name, problems);
    if (given !== undefined) result[name] = given;
  }
  return result;
};

/** By jsonc-parser's error codes; the enum itself is erased by the compiler. */
const syntaxErrors: Readonly<Partial<Record<ParseErrorCode, string>>> = {
  1: "a character stands where none can",
  2: "a number is malformed",
  3: "a property's name in double quotes is missing",
  4: "a value is missing",
  5: "a colon is missing",
  6: "a comma is missing",
  7: "a closing brace is missing",
  8: "a closing bracket is missing",
  9: "the file goes on after its end",
  11: "a comment has no end",
  12: "a text has no end",
  13: "a number has no end",
  14: "a Unicode escape is malformed",
  15: "an escape is malformed",
  16: "a character is not allowed",
};

const show = (node: Node): string => {
  if (node.type === "object") return "an object";
  if (node.type === "array") return "a list";
  const text = JSON.stringify(node.value) ?? "nothing";
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
};
