import type { Driver } from "../core/driver.ts";
import type { FileFacts } from "../core/facts.ts";
import { pathInside, testModules, testPath } from "../core/test-paths.ts";
import { type DriverModule, driverModules, generatedModules } from "../drivers/index.ts";
import { isPython } from "../frontends/languages.ts";
import { bindingsOf } from "../workspace/bindings.ts";
import { importsOf } from "../workspace/specifiers.ts";
import { anyOf, DeedText, sessionText } from "./deed-text.ts";
import { deedWords, openersOf } from "./deeds.ts";
import type { Language, Look, Resolve, Vocabulary } from "./language.ts";
import type { Finder, WordKind } from "./own-words.ts";
import { addWrappers } from "./wrappers.ts";

/**
 * TypeScript and JavaScript: every file has to give a reason. Of a test the rules tell hardly more than what it does to a pool by itself: deeds of a
 * library and the project's own words are none.
 */
export const javascript: Language = {
  has: (path) => !isPython(path),
  lookAt: (path, text, { resolve, roots }) => {
    const specifiers = [...new Set(importsOf(text).specifiers)];
    const modules = new Map<string, readonly DriverModule[]>();
    for (const specifier of specifiers) {
      const found = modulesOf(path, specifier, resolve);
      if (found.length > 0) modules.set(specifier, found);
    }
    const isTest = testPath.test(pathInside(path, roots)) || specifiers.some((one) => testModules.test(one));
    return { text, specifiers, modules, always: false, isTest };
  },
  vocabulary,
  finderOf,
  takesDefault: ({ text, isTest }, specifier) =>
    !isTest && bindingsOf(text, specifier).some(({ imported }) => imported === "*" || imported === "default"),
};

function modulesOf(path: string, specifier: string, resolve: Resolve): readonly DriverModule[] {
  const modules = driverModules(specifier);
  if (modules.length > 0) return modules;
  const generated = generatedModules(specifier);
  return generated.length > 0 && resolve(path, specifier).kind !== "file" ? generated : [];
}

function vocabulary(drivers: ReadonlySet<Driver>, byStatement: boolean): Vocabulary {
  const words = deedWords(drivers, byStatement);
  const deeds = new DeedText(words);
  return {
    isWorthIt: (look) =>
      (look.isTest ? sessionText(look.text) : deeds.isIn(look.text)) ||
      look.text.includes("bouncer-safe-") ||
      opens(look),
    addWords: (facts, look, own) => addWrappers({ facts, words, own, openers: openerNames(facts, look) }),
  };
}

function finderOf(words: (kind: WordKind) => ReadonlySet<string> | undefined): Finder {
  const anywhere = new RegExp(
    [
      `[{,]\\s*(?:type\\s+)?${anyOf(words("name"))}\\s*(?:[,}:]|as\\b)`,
      `(?:\\.|[{,]\\s*)${anyOf(words("member"))}\\b`,
      `(?<![\\w$])${anyOf(words("result"))}\\s*[(<]`,
      `\\bextends\\s+(?:[\\w$]+\\.)*${anyOf(words("base"))}\\b`,
      `\\bimplements\\b[^{}]*\\b${anyOf(words("interface"))}\\b`,
    ].join("|"),
  );
  const ofModule = new RegExp(`\\.${anyOf(words("name"))}\\b`);
  return ({ text, isTest }) => !isTest && (anywhere.test(text) || (ofModule.test(text) && wholeModule.test(text)));
}

const wholeModule = /\*\s*as\b|\brequire\(|\bimport\(/;

/** Whether a file takes from a driver what opens a pool, or what else counts by being called. */
function opens({ text, modules }: Look): boolean {
  if (modules.size === 0) return false;
  const code = text.replace(typeImport, "");
  for (const [specifier, each] of modules) {
    if (!code.includes(specifier)) continue;
    const names = new Set(each.flatMap((module) => [...openersOf(module)]));
    if (bindingsOf(code, specifier).some(({ imported }) => (imported === "*" ? names.size > 0 : names.has(imported))))
      return true;
  }
  return false;
}

const typeImport = /\bimport\s+type\b(?!\s*,)[^;"'`]*?from\s*(?:"[^"]*"|'[^']*')/g;

/** Names under which a file knows what opens a pool. */
export function openerNames(facts: FileFacts, { modules }: Look): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { specifier, imported, variable } of facts.imports) {
    for (const module of modules.get(specifier) ?? []) {
      const openers = openersOf(module);
      if (imported === "*" || imported === "default") for (const name of openers) names.add(name);
      if (openers.has(imported)) names.add(facts.variables[variable]?.name ?? "");
    }
  }
  names.delete("default");
  return names;
}
