import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Files } from "../snapshot.ts";

/**
 * A fixture is a small workspace with comments in it that say what is found:
 *
 * - `code // want "words"`: a finding of the folder's rule starts on this line, and its message matches.
 * - `code // want other-rule "words"`: the same of another rule. Several may follow each other.
 * - `code // want warning "words"`: the same with this severity.
 * - `//   ~~~~`: on the line below, marks the columns of the finding above it.
 * - `code // later "words"`: a finding that should be there and is not yet. The test fails once it is, so that it becomes a `want`.
 * - `code // related "words"`: a related place of some finding is on this line.
 *
 * These comments are taken out before the analysis, and the goldens have none. Every finding must be wanted, every want must be met. A file stands alone in `src/`, with the folder's configuration files
 * (`pgbouncer.ini`, `.env`, `package.json`, `bouncer-safe.json`) and those files of `_support/` that it imports. A folder is a workspace.
 * In the folder of a rule of pgbouncer.ini (`ini-…`) an `x.ini` is a fixture too, and stands in `pgbouncer/`.
 * `x.fixed.ts` is what `x.ts` looks like after the first fix of each finding; `UPDATE=1` writes it.
 */
export interface Fixture {
  /** `no-double-pool/example.ts`, `no-double-pool/with-ini/`. */
  readonly name: string;
  /** The rule that a `want` without a rule's name means; undefined in folders with an underscore. */
  readonly rule?: string;
  /** Without the comments. */
  readonly files: Files;
  readonly wants: readonly Want[];
  /** Where the golden of a source lies on disk, by the source's path in the workspace. */
  readonly golden: (path: string) => string;
}

export interface Want {
  readonly path: string;
  readonly line: number;
  readonly kind: "finding" | "later" | "related";
  readonly rule?: string;
  readonly severity?: string;
  readonly pattern: string;
  /** Columns from 0. */
  readonly marked?: { readonly from: number; readonly to: number };
}

const here = dirname(fileURLToPath(import.meta.url));
const isGolden = (name: string): boolean => /\.fixed\.[^.]+$/.test(name);
const isSource = (name: string, folder = ""): boolean =>
  /\.(?:[cm]?[jt]sx?|py)$/.test(name) || (folder.startsWith("ini-") && name.endsWith(".ini"));

export const ruleFolders = (): readonly string[] =>
  readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "_support")
    .map((entry) => entry.name)
    .sort();

export function fixturesOf(folder: string): readonly Fixture[] {
  const entries = readdirSync(join(here, folder), { withFileTypes: true });
  const configuration = Object.fromEntries(
    entries.filter((entry) => entry.isFile() && !isSource(entry.name, folder)).map((entry) => [entry.name, readFileSync(join(here, folder, entry.name), "utf8")]),
  );
  const rule = folder.startsWith("_") ? {} : { rule: folder };
  const files = entries
    .filter((entry) => entry.isFile() && isSource(entry.name, folder) && !isGolden(entry.name))
    .map((entry): Fixture => {
      const text = readFileSync(join(here, folder, entry.name), "utf8");
      return {
        name: `${folder}/${entry.name}`,
        ...rule,
        ...stripped({ "package.json": manifest, ...configuration, ...supportFor(text), [placeOf(entry.name)]: text }),
        golden: (path) => join(here, folder, basename(path).replace(/\.[^.]+$/, ".fixed$&")),
      };
    });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map((entry): Fixture => {
      const base = join(here, folder, entry.name);
      const own = Object.fromEntries(filesUnder(base).map((path) => [relative(base, path), readFileSync(path, "utf8")]));
      return {
        name: `${folder}/${entry.name}/`,
        ...rule,
        ...stripped({ "package.json": manifest, ...own }),
        golden: (path) => join(base, path.replace(/\.[^.]+$/, ".fixed$&")),
      };
    });
  return [...files, ...folders].sort((a, b) => a.name.localeCompare(b.name));
}

/** Where a fixture that stands alone is in its workspace. */
const placeOf = (name: string): string => `${name.endsWith(".ini") ? "pgbouncer" : "src"}/${name}`;

export const readGolden = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);

function stripped(files: Files): Pick<Fixture, "files" | "wants"> {
  return {
    files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, withoutWants(text)])),
    wants: Object.entries(files).flatMap(([path, text]) => wantsIn(path, text)),
  };
}

function wantsIn(path: string, text: string): readonly Want[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const comment = /(?:\/\/|#)\s*((?:want|later|related)\s.*?)\r?$/.exec(line);
    if (!comment) return [];
    const marked = markIn(lines[index + 1] ?? "");
    const parts = [...comment[1]!.matchAll(/\b(want|later|related)((?:\s+[a-z][a-z-]*)*)\s+"((?:[^"\\]|\\.)*)"/g)];
    if (parts.length === 0) throw new Error(`${path}:${index + 1}: no pattern in ${comment[0]}`);
    return parts.map((part): Want => {
      const words = part[2]!.trim().split(/\s+/).filter(Boolean);
      const severity = words.find((word) => ["error", "warning", "information", "hint"].includes(word));
      const rule = words.find((word) => word !== severity);
      return {
        path,
        line: lines.slice(0, index + 1).filter((each) => !isMark(each)).length,
        kind: part[1] === "want" ? "finding" : (part[1] as "later" | "related"),
        pattern: part[3]!.replaceAll('\\"', '"'),
        ...(rule ? { rule } : {}),
        ...(severity ? { severity } : {}),
        ...(marked ? { marked } : {}),
      };
    });
  });
}

/** The sources without their `want` comments and markers, as documentation shows them. */
const withoutWants = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !isMark(line))
    .map((line) => line.replace(/[ \t]*(?:\/\/|#)\s*(?:want|later|related)\s[^\r\n]*/, ""))
    .join("\n");

const isMark = (line: string): boolean => /^\s*\/\/\s*~+\s*$/.test(line);

function markIn(line: string): { from: number; to: number } | undefined {
  if (!isMark(line)) return undefined;
  return { from: line.indexOf("~"), to: line.lastIndexOf("~") + 1 };
}

const manifest = `${JSON.stringify({ name: "@acme/orders-api", private: true, dependencies: { pg: "^8.13.0" } }, undefined, 2)}\n`;

/** The shared modules that the text imports by `./name.ts` or requires by `./name.cjs`, and theirs. */
function supportFor(text: string): Files {
  const names = readdirSync(join(here, "_support")).filter((name) => text.includes(`"./${name}"`) || text.includes(`'./${name}'`));
  const own = names.map((name) => [`src/${name}`, readFileSync(join(here, "_support", name), "utf8")] as const);
  return Object.assign({}, ...own.map(([, imported]) => supportFor(imported)), Object.fromEntries(own));
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : isGolden(path) ? [] : [path]));
