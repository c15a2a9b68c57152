/** What PostgreSQL's parser says of one statement: its tree, or where it gives up (in characters; undefined where it does not say). */
export type Parsed =
  | { readonly kind: "tree"; readonly statements: readonly unknown[] }
  | { readonly kind: "error"; readonly at?: number }
  | { readonly kind: "absent" };

/** As much of `libpg-query` as is used here; its own types need a package that it does not bring. */
interface Parser {
  loadModule(): Promise<void>;
  parseSync(text: string): { readonly stmts?: readonly { readonly stmt?: unknown }[] };
}

/** The parser recurses; a text beyond this (UTF-16 units) is generated, and its leading keyword is enough. */
const longestStatement = 200_000;

let parser: Parser | undefined;
let loading: Promise<void> | undefined;
let generation = 0;

/**
 * Loads PostgreSQL's own parser (libpg-query, WebAssembly) once. Never rejects: without it, SQL is read by its keywords.
 *
 * The package reads `libpg-query.wasm` from `__dirname` as soon as it is imported. From node_modules that is its own `wasm/`
 * folder. In a CommonJS bundle `__dirname` is the bundle's folder, so the build copies
 * `node_modules/libpg-query/wasm/libpg-query.wasm` to `dist/libpg-query.wasm`. The import stands inside the function so that a
 * process without SQL to read never pays for the module (1.7 MB, about 35 ms).
 */
export const loadSqlParser = (): Promise<void> => {
  loading ??= load();
  return loading;
};

/** Counts loads, so that what was read without the parser is not remembered for the time with it. */
export const parserGeneration = (): number => generation;

/** Parses one statement (or several). `absent` until the parser is loaded. */
export const parseStatement = (text: string): Parsed => {
  if (!parser || text.length > longestStatement) return { kind: "absent" };
  // Two of the three kinds of throw (syntax error, parser stack, JavaScript stack) are the text's fault; none is a bug of ours.
  try {
    return { kind: "tree", statements: (parser.parseSync(text).stmts ?? []).map((raw) => raw.stmt) };
  } catch (error) {
    const at = cursor(error);
    return at === undefined ? { kind: "error" } : { kind: "error", at };
  }
};

const load = async (): Promise<void> => {
  try {
    const imported = (await import("libpg-query")) as unknown as Parser & { readonly default?: Parser };
    const found = imported.default?.parseSync ? imported.default : imported;
    await found.loadModule();
    parser = found;
    generation += 1;
  } catch {
    // The file is not where the build puts it: the package says so on standard error itself.
  }
};

const cursor = (error: unknown): number | undefined => {
  const details = (error as { readonly sqlDetails?: { readonly cursorPosition?: number } }).sqlDetails;
  const at = details?.cursorPosition;
  return at !== undefined && at >= 0 ? at : undefined;
};
