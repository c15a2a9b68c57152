import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Found, onPath, openFolder, systemBouncer } from "./programs.ts";

/** How to start one PgBouncer: the words of its command before the ini file. */
export interface BouncerProgram {
  /** "1.18", as the program says. */
  readonly version: string;
  readonly command: readonly string[];
}

/** The versions that every proof wants, with the Debian release whose packages hold them and what they need. */
const releases = {
  "1.18": {
    suite: "bookworm",
    packages: [
      "pgbouncer",
      "libc6",
      "libevent-2.1-7",
      "libc-ares2",
      "libssl3",
      "libsystemd0",
      "libpam0g",
      "libaudit1",
      "libcap-ng0",
      "libcap2",
      "libgcc-s1",
      "libzstd1",
      "zlib1g",
      "liblz4-1",
      "liblzma5",
      "libgcrypt20",
      "libgpg-error0",
    ],
  },
  "1.24": {
    suite: "trixie",
    packages: [
      "pgbouncer",
      "libc6",
      "libevent-2.1-7t64",
      "libcares2",
      "libssl3t64",
      "libsystemd0",
      "libpam0g",
      "libaudit1",
      "libcap-ng0",
      "libcap2",
      "libgcc-s1",
      "libzstd1",
      "zlib1g",
    ],
  },
} as const;

/** A version that the proofs want. */
type WantedVersion = keyof typeof releases;

/** The versions that the proofs want, oldest first. */
export const wantedVersions = Object.keys(releases) as readonly WantedVersion[];

const cache = fileURLToPath(new URL("../.cache/", import.meta.url));

/**
 * Finds PgBouncer in each wanted version: the system's own where it is that version, else unpacked from that Debian
 * release's packages into `test/proofs/.cache`. A system's PgBouncer of another version is proven as well.
 *
 * @param runFolder a folder that the database account can read; a clone may stand where that account cannot.
 */
export async function bouncerPrograms(runFolder: string): Promise<ReadonlyMap<string, Found<BouncerProgram>>> {
  const programs = new Map<string, Found<BouncerProgram>>();
  const system = await systemBouncer();
  if (system)
    programs.set(versionOf([system]), { kind: "found", value: { version: versionOf([system]), command: [system] } });
  for (const version of wantedVersions) {
    if (!programs.has(version)) programs.set(version, unpacked(version, runFolder));
  }
  return new Map([...programs].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })));
}

function unpacked(version: WantedVersion, runFolder: string): Found<BouncerProgram> {
  try {
    const kept = join(cache, `pgbouncer-${version}`);
    if (!existsSync(kept)) unpack(version, kept);
    const folder = join(runFolder, basename(kept));
    cpSync(kept, folder, { recursive: true });
    const command = [join(folder, "ld-linux-x86-64.so.2"), "--library-path", folder, join(folder, "pgbouncer")];
    const actual = versionOf(command);
    if (actual !== version) return { kind: "missing", reason: `${releases[version].suite} has PgBouncer ${actual}` };
    return { kind: "found", value: { version, command } };
  } catch (error) {
    return { kind: "missing", reason: `its packages cannot be had (${String(error).split("\n")[0]})` };
  }
}

/** Downloads and unpacks with lists and caches of our own, so that the system's package state stays untouched. */
function unpack(version: WantedVersion, kept: string): void {
  const { suite, packages } = releases[version];
  if (process.arch !== "x64" || !onPath("apt-get") || !onPath("dpkg")) throw new Error("not a Debian on x86-64");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "unpacking-"));
  try {
    for (const part of ["lists/partial", "archives/partial", "debs", "tree", "state", "flat"]) {
      mkdirSync(join(folder, part), { recursive: true });
    }
    writeFileSync(join(folder, "status"), "");
    const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
    const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
    writeFileSync(join(folder, "sources.list"), `deb ${signed}${mirror()} ${suite} main\n`);
    const options = {
      "Dir::Etc::sourcelist": join(folder, "sources.list"),
      "Dir::Etc::sourceparts": "-",
      "Dir::State": join(folder, "state"),
      "Dir::State::lists": join(folder, "lists"),
      "Dir::State::status": join(folder, "status"),
      "Dir::Cache": folder,
      "APT::Sandbox::User": process.env.USER ?? "root",
      "Acquire::Languages": "none",
    };
    const words = Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
    execFileSync("apt-get", [...words, "update"], { stdio: "pipe" });
    execFileSync("apt-get", [...words, "download", ...packages], { stdio: "pipe", cwd: join(folder, "debs") });
    for (const deb of readdirSync(join(folder, "debs"))) {
      execFileSync("dpkg", ["-x", join(folder, "debs", deb), join(folder, "tree")], { stdio: "pipe" });
    }
    const flat = openFolder(join(folder, "flat"));
    for (const place of ["usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib64", "lib64", "usr/sbin"]) {
      const from = join(folder, "tree", place);
      if (existsSync(from))
        execFileSync("sh", [
          "-c",
          `find "$1" -maxdepth 1 \\( -name '*.so.*' -o -name pgbouncer \\) -exec cp -L {} "$2" \\; 2>/dev/null || true`,
          "sh",
          from,
          flat,
        ]);
    }
    renameSync(flat, kept);
  } catch (error) {
    // Another run may have put it there meanwhile; a rename onto a full folder fails.
    if (!existsSync(kept)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function mirror(): string {
  const folder = "/etc/apt/sources.list.d";
  const files = [
    "/etc/apt/sources.list",
    ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  ];
  for (const file of files.filter((path) => existsSync(path))) {
    const uri = /^(?!\s*#).*?(https?:\/\/\S+\/debian)\/?(?=\s|$)/m.exec(readFileSync(file, "utf8"));
    if (uri) return uri[1]!;
  }
  throw new Error("no Debian mirror in the system's sources");
}

function versionOf(command: readonly string[]): string {
  const [program, ...args] = command;
  const text = execFileSync(program!, [...args, "--version"], { encoding: "utf8" });
  const version = /PgBouncer (\d+\.\d+)/.exec(text)?.[1];
  if (!version) throw new Error(`no PgBouncer: ${text}`);
  return version;
}
