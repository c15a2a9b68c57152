/** What one clause takes from a module. */
export interface Binding {
  /** The name in the module, `default`, or `*` for all of it. */
  readonly imported: string;
  /** The name under which this file hands it on at once (`export { a as b } from`); `*` for `export *`. */
  readonly exported?: string;
}

/** The names that a file gives to others; `all` where they cannot be told. */
export type Handed = ReadonlySet<string> | "all";

/**
 * The clause in front of a specifier: `import … from`, `export … from`. undefined for `require`, `import()` and anything else.
 * `at` is where `from` stands.
 */
export const bindingsAt = (text: string, at: number): readonly Binding[] | undefined => {
  if (!text.startsWith("from", at)) return undefined;
  // A clause longer than this is none that anybody wrote.
  const found = /\b(import|export)\b(?:\s+type\b(?!\s*,))?([^;"'`=]*)$/.exec(text.slice(Math.max(0, at - 4_000), at));
  if (!found) return undefined;
  const passes = found[1] === "export";
  const bindings: Binding[] = [];
  const [, first = "", list] = /^([^{]*)(?:\{([^{}]*)\})?[^{}]*$/.exec(found[2]!) ?? [];
  for (const part of first.split(",")) {
    const all = /^\s*\*(?:\s+as\s+([\w$]+))?/.exec(part);
    if (all) bindings.push({ imported: "*", ...(passes ? { exported: all[1] ?? "*" } : {}) });
    else if (/[\w$]/.test(part)) bindings.push({ imported: "default" });
  }
  for (const part of (list ?? "").split(",")) {
    const named = /^\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(part.replace(/\/\*.*?\*\/|\/\/.*/g, ""));
    if (named) bindings.push({ imported: named[1]!, ...(passes ? { exported: named[2] ?? named[1]! } : {}) });
  }
  return bindings.length ? bindings : undefined;
};

/** Everything that a text takes from a module. */
export const bindingsOf = (text: string, specifier: string): readonly Binding[] => {
  const bindings: Binding[] = [];
  for (let quote = text.indexOf(specifier); quote >= 0; quote = text.indexOf(specifier, quote + 1)) {
    const before = /\b(?:from|import|require)\s*\(?\s*["'`]$/.exec(text.slice(Math.max(0, quote - 40), quote));
    if (!before) continue;
    const at = quote - before[0].length;
    const passesAll = /\bmodule\.exports\s*=\s*$/.test(text.slice(Math.max(0, at - 40), at));
    bindings.push(...(bindingsAt(text, at) ?? [{ imported: "*", ...(passesAll ? { exported: "*" } : {}) }]));
  }
  // Escaped, or in another form than the prefilter found it: everything, to be sure.
  return bindings.length ? bindings : [{ imported: "*" }];
};

/** Names of types that hold a handle, or are made from one. A row, a request or a list of states is none. */
const handleType =
  /pool|client|db|database|knex|prisma|sql|connection|transaction|trx|\btx\b|source|manager|kysely|repository|\borm|sequelize|query|typeof|returntype|session|driver/i;

/** What a file declares and exports itself, without what it takes from others at once, and without types that hold no handle. */
export const declaredExports = (text: string): Handed => {
  if (text.includes("exports") && /\bmodule\.exports\b|\bexports\.[\w$]+[ \t]*=/.test(text)) return "all";
  const names = new Set<string>();
  const found = [...text.matchAll(exporting)];
  // `export =`, and patterns: what they bind is not looked into.
  if (found.some(([clause]) => /[={[]$/.test(clause))) return "all";
  for (const [index, { 1: isDefault, 2: kind, 3: name, 4: list, index: at }] of found.entries()) {
    if (list !== undefined) {
      for (const part of list.split(",")) {
        const named = /([\w$]+)\s*$/.exec(part);
        if (named) names.add(named[1]!);
      }
    } else if (isDefault) names.add("default");
    else if (kind === "interface" || kind === "type") {
      if (handleType.test(text.slice(at, Math.min(found[index + 1]?.index ?? text.length, at + 4_000))))
        names.add(name!);
    } else if (kind !== "enum" && name) names.add(name);
  }
  return names;
};

const exporting =
  /^[ \t]*export\s+(?:(default)\b|(?:declare\s+)?(?:abstract\s+)?(?:async\s+)?(?:const\s+(?=enum\b))?(const|let|var|function|class|enum|interface|type|namespace)(?:\s+|\s*\*\s*)([\w$]+)|(?:declare\s+)?(?:const|let|var)\s*[{[]|=|(?:type\s+)?\{([^}]*)\}(?!\s*from\b))/gm;
