import { spawnSync } from "node:child_process";

/** The modules of Python that proofs play with, by the name that they are imported by. */
const pythonModules = ["sqlalchemy", "psycopg2", "psycopg", "psycopg_pool", "asyncpg", "django"] as const;

/** A module of Python that a proof may need. */
export type PythonModule = (typeof pythonModules)[number];

/** An interpreter and the modules that it has. */
export interface Python {
  readonly program: string;
  readonly modules: ReadonlySet<string>;
}

/** The system's first: its packages are what `npm test` installs. */
const candidates = ["/usr/bin/python3", "python3"];

const probe = `import importlib.util as u, sys; print(*[m for m in sys.argv[1:] if u.find_spec(m)])`;

let best: Python | undefined;

/** The interpreter that has the most of the modules; undefined where there is none. */
export function python(): Python | undefined {
  best ??= candidates.flatMap(probed).sort((a, b) => b.modules.size - a.modules.size)[0];
  return best;
}

/** Those of the modules that no interpreter here has together. */
export function missingModules(wanted: readonly PythonModule[]): readonly PythonModule[] {
  const modules = python()?.modules;
  return wanted.filter((module) => !modules?.has(module));
}

function probed(program: string): readonly Python[] {
  const { status, stdout } = spawnSync(program, ["-c", probe, ...pythonModules], { encoding: "utf8" });
  return status === 0 ? [{ program, modules: new Set(stdout.split(/\s+/).filter(Boolean)) }] : [];
}
