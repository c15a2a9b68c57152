// Cuts out of the TypeScript compiler what reads source text: of 3.6 MB, less than a quarter. The whole is one file in which each of its
// modules begins with a comment that names it, so that a module goes as a piece and the bundler drops what the rest no longer uses.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The modules that parsing needs; `services` holds the classes of the nodes. */
const needed = new Set([
  ...["core", "corePublic", "debug", "diagnosticInformationMap.generated", "parser", "path", "performance"],
  ...["performanceCore", "scanner", "semver", "sys", "tracing", "types", "utilities", "utilitiesPublic"],
]);
const isNeeded = (module) =>
  module.startsWith("src/compiler/factory/") ||
  module === "src/services/services.ts" ||
  needed.has(/^src\/compiler\/([\w.]+)\.ts$/.exec(module)?.[1]);

/** The parser as an ES module that exports `names`. */
export function parserOf(compiler, names) {
  const begin = cut(compiler, "((module) => {");
  const end = compiler.lastIndexOf("// Annotate the CommonJS export names");
  const [helpers, ...modules] = compiler.slice(begin, end).split(/^(?=\/\/ src\/[\w./-]+\.ts$)/m);
  const kept = modules.filter((text) => isNeeded(/^\/\/ (\S+)/.exec(text)[1]));
  if (kept.length < needed.size)
    throw new Error("The TypeScript compiler is no longer laid out as scripts/compiler-parser.mjs expects.");
  const text = [helpers, ...kept]
    .join("")
    // What a module computes when it is loaded is not needed unless it is used.
    .replace(/^(var [\w$]+ = )((?:new )?[\w$.]+\()/gm, "$1/* @__PURE__ */ $2");
  return `${text}\nexport { ${names.join(", ")} };`;
}

function cut(text, marker) {
  const at = text.indexOf(marker);
  if (at < 0) throw new Error(`The TypeScript compiler has no \`${marker}\`.`);
  return at + marker.length;
}

/** What the sources below a folder use of `ts` when they run: types are gone by then. */
export async function usedOf(compiler, folder) {
  const used = new Set();
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(".ts")) continue;
    const text = await readFile(join(folder, name), "utf8");
    if (!/^import \{ ts \} from "ts-morph"/m.test(text)) continue;
    for (const [, one] of text.matchAll(/\bts\.(\w+)/g)) used.add(one);
    for (const [, list] of text.matchAll(/\{([^{}]*)\} = ts;/g))
      for (const one of list.split(",")) used.add(one.trim());
  }
  return [...used].filter((one) => compiler.includes(`\n  ${one}: () => ${one},\n`)).sort();
}

/**
 * A source in which enumerations of the compiler are numbers and its functions are one step away. Looked up by name each time, they take a tenth of
 * what lowering costs before V8 has optimised it, and a check is half over by then.
 */
export function withoutLookUps(source, ts) {
  return source
    .replace('import { ts } from "ts-morph";', 'import { ts as compiler } from "ts-morph";\nconst ts = compiler;')
    .replace(/(?<![\w.])(?:ts\.)?(SyntaxKind|NodeFlags)\.(\w+)/g, (_, name, member) => {
      const number = ts[name][member];
      if (typeof number !== "number") throw new Error(`The TypeScript compiler has no ${name}.${member}.`);
      return `${number} /* ${member} */`;
    });
}

/** Throws where the parser that was cut out does not read a text, or not after an edit. */
export function tryParser(ts) {
  const text =
    "@d class A<T> { async *x(a: T) { yield `a`; await a?.b; } }\nexport const b = <div>{/x/.test(A)}</div>;";
  let source = ts.createSourceFile("a.tsx", text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TSX);
  check();
  const change = ts.createTextChangeRange(ts.createTextSpan(text.length, 0), 1);
  source = source.update(`${text}\n`, change);
  check();

  function check() {
    const { statements, parseDiagnostics } = source;
    const isRead = statements.length === 2 && parseDiagnostics.length === 0;
    if (!isRead || statements[1].getStart(source) !== text.indexOf("export"))
      throw new Error("The parser that was cut out of the TypeScript compiler does not work.");
  }
}
