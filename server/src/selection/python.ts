import type { Driver } from "../core/driver.ts";
import { type DriverModule, driverModules } from "../drivers/index.ts";
import { isPython } from "../frontends/languages.ts";
import { pythonImportsOf } from "../workspace/python-imports.ts";
import { anyOf } from "./deed-text.ts";
import { openersOf } from "./deeds.ts";
import type { Language, Look, Vocabulary } from "./language.ts";
import { PythonDeedText, pythonWords } from "./python-deeds.ts";
import { usesInPython } from "./python-look.ts";
import { isPythonTest } from "./python-tests.ts";
import { pythonFinder } from "./python-words.ts";
import { addPythonWrappers } from "./python-wrappers.ts";

/**
 * Python. A session of SQLAlchemy or psycopg begins a transaction with its first statement, whoever opened it: any function of an application may be
 * the subject of a finding, and every file of one is taken. Of tests no rule claims that, and nobody imports them: they have to give a reason.
 */
export const python: Language = {
  has: isPython,
  lookAt: (path, text, { roots }) => {
    const { specifiers } = pythonImportsOf(text);
    const modules = new Map<string, readonly DriverModule[]>();
    for (const specifier of specifiers) {
      const found = driverModules(specifier, "python");
      if (found.length > 0) modules.set(specifier, found);
    }
    return { text, specifiers, modules, always: !isPythonTest(path, roots), isTest: false };
  },
  vocabulary,
  finderOf: pythonFinder,
  // `a/b.py` is `b`, `a/b/__init__.py` is `b` or, from its neighbours, `.`.
  endsOf: (path) => {
    const [name = "", folder = ""] = path.split("/").reverse();
    return name === "__init__.py" ? [folder, ""] : [name.slice(0, -".py".length)];
  },
  // A module has no export without a name.
  takesDefault: () => false,
};

function vocabulary(drivers: ReadonlySet<Driver>, byStatement: boolean): Vocabulary {
  const words = pythonWords(drivers);
  const deeds = new PythonDeedText(words);
  return {
    isWorthIt: (look) => byStatement || deeds.isIn(look.text) || opens(look),
    addWords: (facts, look, own) => {
      addPythonWrappers({ facts, look, words, own });
      return false;
    },
    uses: usesInPython,
  };
}

/** Whether a file calls, or takes members of, what a driver exports to open a pool or a session with. Where it stands in an annotation nothing is opened. */
function opens({ text, modules }: Look): boolean {
  if (modules.size === 0) return false;
  const names = new Set([...modules.values()].flatMap((each) => each.flatMap((module) => [...openersOf(module)])));
  names.delete("default");
  return new RegExp(`(?<!\\w)${anyOf(names)}(?:\\s*(?:\\[[^\\]\\n]*\\])?\\s*[.(]|\\s+as\\b)`).test(text);
}
