import type { UrlFacts } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import type { Span } from "../core/text.ts";
import { parseUrl, unknownSign } from "./url.ts";

/** One `NAME=value` line. Values may be secrets: they are read into `UrlFacts` at once and kept nowhere. */
interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** A URL that an environment variable holds, by what its file shows. */
export interface EnvironmentUrl {
  readonly name: string;
  readonly url: UrlFacts;
  /** The folder for which the file speaks, with a `/` at its end. */
  readonly folder: string;
  /** Lower is stronger. */
  readonly rank: number;
  /** `.env.example`: the names are real, the values are only examples. */
  readonly example: boolean;
}

/** Last parts of the names, strongest first; any other (`.env.staging`) stands between `.env` and `.env.test`. */
const order: readonly string[] = [
  ".local",
  ".production.local",
  ".development.local",
  ".production",
  ".development",
  "",
];

/** Every environment variable of the `.env*` files that says where a database is. */
export const urlsOfEnvironmentFiles = (snapshot: Snapshot): readonly EnvironmentUrl[] =>
  [...snapshot.configurations].flatMap(([path, text]) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (!isEnvironmentFile(name)) return [];
    const folder = path.slice(0, -name.length);
    const file = { folder, rank: rankOf(name), example: isExample(name) };
    const assignments = readAssignments(text);
    const values = new Map(assignments.map((assignment) => [assignment.name, assignment.value]));
    return assignments.flatMap((assignment) => {
      const value = expand(assignment.value, (variable) => values.get(variable));
      const url = urlOfVariable(assignment.name, value, path, assignment.span);
      return url ? [{ name: assignment.name, url, ...file }] : [];
    });
  });

const isEnvironmentFile = (name: string): boolean => /^\.env(?:\..+)?$/.test(name);

/** The values of one folder's `.env`, which Compose puts into its file. Never to be kept. */
export const valuesBeside = (snapshot: Snapshot, folder: string): ReadonlyMap<string, string> => {
  const text = snapshot.configurations.get(`${folder}.env`) ?? "";
  return new Map(readAssignments(text).map(({ name, value }) => [name, value]));
};

/** What a variable shows of a connection, by its value or by its name; undefined where it has nothing to do with a database. */
export const urlOfVariable = (name: string, value: string, path: string, span: Span): UrlFacts | undefined => {
  const base = { place: { path, span }, environment: name };
  const parts = parseUrl(value);
  if (parts) return { ...base, ...parts };
  if (value === "" || value.includes(unknownSign))
    return databaseName.test(name) ? { ...base, parameters: {}, complete: false } : undefined;
  if (name === "PGAPPNAME") return { ...base, parameters: { application_name: value }, complete: false };
  if (name === "PGOPTIONS") return { ...base, parameters: { options: value }, complete: false };
  if (hostName.test(name) && /^[\w.-]+$/.test(value)) return { ...base, host: value, parameters: {}, complete: false };
  if (portName.test(name) && /^\d{2,5}$/.test(value))
    return { ...base, port: Number(value), parameters: {}, complete: false };
  if (databaseNameName.test(name) && /^[\w.-]+$/.test(value))
    return { ...base, database: value, parameters: {}, complete: false };
  return undefined;
};

const databaseName = /(?:^|_)(?:DATABASE|DB|POSTGRES(?:QL)?|PG|SUPABASE_DB)_(?:\w+_)?UR[IL]$|^(?:DATABASE|DB)_DSN$/;
const databaseNameName = /(?:^|_)(?:(?:DB|DATABASE)_?NAME|PG_?DATABASE|DB_DATABASE|POSTGRES(?:QL)?_(?:DB|DATABASE))$/;
const hostName = /(?:^|_)(?:PG|DB|DATABASE|POSTGRES(?:QL)?|PGBOUNCER|POOLER)_?HOST(?:NAME)?$/;
const portName = /(?:^|_)(?:PG|DB|DATABASE|POSTGRES(?:QL)?|PGBOUNCER|POOLER)_?PORT$/;

/** `${NAME}`, `${NAME:-other}`, `$NAME`; what nobody explains becomes `unknownSign`. */
export const expand = (text: string, lookUp: (name: string) => string | undefined): string =>
  text.replace(
    /\$\$|\$\{(?<braced>\w+)(?:(?::?[-=])(?<other>[^}]*)|:?[?+][^}]*)?\}|\$(?<bare>[A-Za-z_]\w*)/g,
    (whole, braced?: string, other?: string, bare?: string) => {
      if (whole === "$$") return "$";
      const found = lookUp(braced ?? bare ?? "");
      return found === undefined || found === "" || found.includes("${") ? (other ?? unknownSign) : found;
    },
  );

const isExample = (name: string): boolean => /\.(?:example|sample|template|tmpl|dist|defaults?)(?:\.|$)/i.test(name);

const rankOf = (name: string): number => {
  if (isExample(name)) return 100;
  const suffix = name.slice(".env".length);
  const found = order.indexOf(suffix);
  return found >= 0 ? found : suffix.startsWith(".test") ? 50 : order.length;
};

/** As dotenv reads: `export` in front, quotes around, `#` behind a space begins a comment, quoted values may span lines. */
const readAssignments = (text: string): readonly Assignment[] =>
  [...text.matchAll(assignment)].flatMap((match) => {
    const { name = "", double, single, back, bare = "" } = match.groups ?? {};
    const start = match.index + match[0].length - match[0].trimStart().length;
    const value = double ?? single ?? back ?? bare.replace(/\s#.*$|^#.*$/, "").trim();
    return [{ name, value, span: { start, end: match.index + match[0].trimEnd().length } }];
  });

const assignment =
  /^[^\S\r\n]*(?:export\s+)?(?<name>[A-Za-z_][\w.-]*)[^\S\r\n]*=[^\S\r\n]*(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>[^']*)'|`(?<back>[^`]*)`|(?<bare>[^\r\n]*))/gm;
