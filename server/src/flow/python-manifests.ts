/** What a Python project says of itself: its name, and the packages it needs with their versions as written. */
export interface PythonManifest {
  readonly name?: string;
  readonly dependencies: ReadonlyMap<string, string>;
}

/** Files that name packages, in the order in which their word on a version counts: what is locked before what is asked for. */
export const isPythonManifest = (name: string): boolean => readers.some(([names]) => names.test(name));

const readers: readonly (readonly [RegExp, (text: string) => PythonManifest])[] = [
  [/^(?:poetry|uv)\.lock$/, lockFile],
  [/^Pipfile\.lock$/, pipfileLock],
  [/^requirements.*\.txt$/, requirements],
  [/^pyproject\.toml$/, pyproject],
  [/^Pipfile$/, (text) => ({ dependencies: new Map(tables(text, /^(?:dev-)?packages$/)) })],
  [/^setup\.cfg$/, setupConfiguration],
];

/** Reads one of those files; half-typed ones are read as far as they go. */
export function readPythonManifest(name: string, text: string): PythonManifest {
  return readers.find(([names]) => names.test(name))?.[1](text) ?? { dependencies: new Map() };
}

/** The order of `readers`, for several files of one folder. */
export const rankOf = (name: string): number => readers.findIndex(([names]) => names.test(name));

/** As packages are compared: `Flask_SQLAlchemy` is `flask-sqlalchemy`. */
const normalized = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");

/** `psycopg[binary,pool]>=3.1 ; python_version > "3.8"`. */
function requirement(line: string): readonly [string, string] | undefined {
  const [, name, range = ""] = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*([^;#]*)/.exec(line) ?? [];
  return name === undefined ? undefined : [normalized(name), range.replace(/[()\s]+/g, "")];
}

function requirements(text: string): PythonManifest {
  return { dependencies: new Map(text.split("\n").flatMap((line) => optional(requirement(line)))) };
}

const optional = <T>(one: T | undefined): readonly T[] => (one === undefined ? [] : [one]);

function lockFile(text: string): PythonManifest {
  const dependencies = new Map<string, string>();
  for (const part of text.split(/^\[\[package\]\]/m).slice(1)) {
    const name = /^name\s*=\s*"([^"]+)"/m.exec(part)?.[1];
    const version = /^version\s*=\s*"([^"]+)"/m.exec(part)?.[1];
    if (name !== undefined && version !== undefined) dependencies.set(normalized(name), `==${version}`);
  }
  return { dependencies };
}

function pipfileLock(text: string): PythonManifest {
  const dependencies = new Map<string, string>();
  for (const [, name, body] of text.matchAll(/"([\w.-]+)"\s*:\s*\{([^{}]*)\}/g)) {
    const version = /"version"\s*:\s*"([^"]+)"/.exec(body ?? "")?.[1];
    if (name !== undefined && version !== undefined) dependencies.set(normalized(name), version);
  }
  return { dependencies };
}

/** PEP 621, dependency groups, and Poetry's tables. */
function pyproject(text: string): PythonManifest {
  const dependencies = new Map<string, string>();
  const lists = [
    ...section(text, /^project$/).flatMap((body) => arrays(body, /^dependencies$/)),
    ...section(text, /^(?:project\.optional-dependencies|dependency-groups|tool\.uv)$/).flatMap((body) =>
      arrays(body, /./),
    ),
  ];
  for (const one of lists) for (const [name, range] of optional(requirement(one))) dependencies.set(name, range);
  for (const [name, range] of tables(text, /^tool\.poetry\.(?:(?:dev-)?dependencies|group\.[\w-]+\.dependencies)$/))
    if (name !== "python") dependencies.set(name, range);
  const name = section(text, /^(?:project|tool\.poetry)$/)
    .map((body) => /^name\s*=\s*["']([^"']+)["']/m.exec(body)?.[1])
    .find((found) => found !== undefined);
  return { ...(name !== undefined && { name }), dependencies };
}

function setupConfiguration(text: string): PythonManifest {
  const name = section(text, /^metadata$/)
    .map((body) => /^name\s*=\s*(\S+)/m.exec(body)?.[1])
    .find((found) => found !== undefined);
  const listed = section(text, /^options(?:\.extras_require)?$/).flatMap((body) =>
    [...body.matchAll(/^[\w-]+\s*=\s*\n((?:[ \t]+\S.*\n?)+)/gm)].flatMap(([, lines]) => (lines ?? "").split("\n")),
  );
  const dependencies = new Map(listed.flatMap((line) => optional(requirement(line))));
  return { ...(name !== undefined && { name }), dependencies };
}

/** The bodies of the sections whose names fit. */
function section(text: string, names: RegExp): readonly string[] {
  return text.split(/^(?=\[)/m).flatMap((part) => {
    const [, name = "", body = ""] = /^\[+([^\]\n]+)\]+[^\n]*\n?([\s\S]*)$/.exec(part) ?? [];
    return names.test(name.trim()) ? [body] : [];
  });
}

/** The texts of the lists whose keys fit. */
function arrays(body: string, keys: RegExp): readonly string[] {
  return [...body.matchAll(/^([\w-]+)\s*=\s*\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]/gm)].flatMap(
    ([, key = "", list = ""]) =>
      keys.test(key) ? [...list.matchAll(/["']([^"'\n]+)["']/g)].map(([, one]) => one!) : [],
  );
}

/** `name = "^2.0"` and `name = { version = "^2.0" }` of the sections whose names fit. */
function tables(text: string, names: RegExp): readonly (readonly [string, string])[] {
  return section(text, names).flatMap((body) =>
    [...body.matchAll(/^["']?([\w.-]+)["']?\s*=\s*(?:["']([^"']*)["']|\{([^}]*)\})/gm)].map(
      ([, name = "", range, table = ""]) =>
        [normalized(name), range ?? /version\s*=\s*["']([^"']*)["']/.exec(table)?.[1] ?? ""] as const,
    ),
  );
}
