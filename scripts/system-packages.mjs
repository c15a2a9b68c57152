// Programs that the proofs and the editor tests run, from the system's packages.
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const programs = [
  { name: "postgresql", isThere: () => hasPostgres() || onPath("initdb") },
  { name: "pgbouncer", isThere: () => onPath("pgbouncer") },
  ...Object.entries({
    sqlalchemy: "sqlalchemy",
    psycopg2: "psycopg2",
    psycopg: "psycopg",
    psycopg_pool: "psycopg-pool",
    asyncpg: "asyncpg",
    django: "django",
  }).map(([module, name]) => ({ name: `python3-${name}`, isThere: () => hasModule(module) })),
  { name: "chromium", isThere: () => ["chromium", "chromium-browser", "google-chrome"].some(onPath) },
];

/** Installs what is missing, where that can be done without a question. Returns what is still missing, with the reason. */
export function ensureSystemPackages() {
  const missing = programs.filter(({ isThere }) => !isThere());
  if (missing.length === 0) return [];
  const reason = install(missing.map(({ name }) => name));
  return missing.filter(({ isThere }) => !isThere()).map(({ name }) => ({ name, reason }));
}

/** Undefined, or why it could not be done. */
function install(names) {
  if (process.getuid?.() !== 0) return "not installed, and only root could install it";
  if (!onPath("apt-get")) return "not installed, and there is no apt-get";
  console.log(`Installing ${names.join(", ")} …`);
  // Debian's packages start their service when installed; a policy file that says no is their documented way out.
  const policy = "/usr/sbin/policy-rc.d";
  const isOurs = !existsSync(policy);
  if (isOurs) {
    writeFileSync(policy, "#!/bin/sh\nexit 101\n");
    chmodSync(policy, 0o755);
  }
  try {
    // One by one where they fail together: a system without one of them has the others.
    if (apt("install", ...names)) return undefined;
    apt("update");
    if (!apt("install", ...names)) for (const name of names) apt("install", name);
    return "apt-get could not install it";
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}

function apt(command, ...names) {
  const { status } = spawnSync("apt-get", ["-qq", "-y", "--no-install-recommends", command, ...names], {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", "ignore", "ignore"],
    timeout: 300_000,
  });
  return status === 0;
}

const hasPostgres = () => {
  const folder = "/usr/lib/postgresql";
  return existsSync(folder) && readdirSync(folder).some((version) => isExecutable(join(folder, version, "bin/initdb")));
};

/** Debian's packages are for Debian's interpreter, whichever is first on PATH. */
const hasModule = (name) =>
  ["/usr/bin/python3", "python3"].some(
    (program) =>
      spawnSync(program, ["-c", `import importlib.util, sys; sys.exit(importlib.util.find_spec("${name}") is None)`], {
        stdio: "ignore",
      }).status === 0,
  );

const onPath = (name) =>
  [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"].some((folder) => isExecutable(join(folder, name)));

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
