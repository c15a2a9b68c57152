import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createAnalyzer } from "../../server/src/analyze.ts";
import type { Finding } from "../../server/src/core/rule.ts";
import { Workspace } from "../../server/src/workspace.ts";

/**
 * Faults that people found and mended in public repositories: the commit before shows the finding, the commit after does not.
 *
 * The repositories are not part of this one. They are looked for as git directories `<owner>+<name>` or `<owner>+<name>/repo` in
 * `BOUNCER_SAFE_CORPUS`, or else in `test/corpus/.cache`; the pairs of those that are not there are skipped, by name.
 */
interface Pair {
  readonly repository: string;
  readonly path: string;
  readonly rule: string;
  /** Lines, from 1. */
  readonly before: { readonly commit: string; readonly from: number; readonly to: number };
  readonly after: { readonly commit: string; readonly from: number };
  /** Why it is not found yet. The test fails once it is. */
  readonly later?: string;
}

const here = import.meta.dirname;
const pairs: readonly Pair[] = JSON.parse(readFileSync(join(here, "history.json"), "utf8"));
const corpus = process.env.BOUNCER_SAFE_CORPUS ?? join(here, ".cache");
const temporary = mkdtempSync(join(tmpdir(), "bouncer-safe-corpus-"));

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

for (const [repository, own] of byRepository(pairs)) {
  const git = gitDirectory(repository);
  describe.skipIf(git === undefined)(repository, () => {
    for (const pair of own) {
      test(`${pair.path}:${pair.before.from} ${pair.rule}`, async () => {
        const { path, before, after } = pair;
        const length = before.to - before.from;
        const found = near(await findings(git as string, before.commit), pair, before.from, before.to);
        if (pair.later === undefined) expect(found).not.toEqual([]);
        else expect(found, `${path} is found now: take out \`later\``).toEqual([]);
        expect(near(await findings(git as string, after.commit), pair, after.from, after.from + length)).toEqual([]);
      });
    }
  });
}

interface Located {
  readonly rule: string;
  readonly message: string;
  readonly lines: readonly { readonly path: string; readonly line: number }[];
}

const known = new Map<string, Promise<readonly Located[]>>();

function findings(git: string, commit: string): Promise<readonly Located[]> {
  const key = `${git} ${commit}`;
  let found = known.get(key);
  if (found === undefined) {
    found = analysed(git, commit);
    known.set(key, found);
  }
  return found;
}

async function analysed(git: string, commit: string): Promise<readonly Located[]> {
  const folder = join(temporary, commit);
  extract(git, commit, folder);
  const workspace = new Workspace([folder]);
  await workspace.scan();
  const snapshot = workspace.snapshot();
  const { findings: all } = await createAnalyzer().analyze(snapshot);
  const line = (path: string, offset: number): { path: string; line: number } => ({
    path: path.slice(folder.length + 1),
    line: (snapshot.sources.get(path) ?? "").slice(0, offset).split("\n").length,
  });
  return all.map(({ rule, message, path, span, related }: Finding) => ({
    rule,
    message,
    lines: [line(path, span.start), ...related.map(({ place }) => line(place.path, place.span.start))],
  }));
}

/** Findings of the pair's rule that stand at the fault, or whose way leads there. Labels are two lines off at most. */
const near = (all: readonly Located[], { path, rule }: Pair, from: number, to: number): readonly string[] =>
  all
    .filter((one) => one.rule === rule)
    .filter(({ lines }) => lines.some((at) => at.path === path && at.line >= from - 2 && at.line <= to + 2))
    .map(({ message, lines }) => `${lines[0]?.path}:${lines[0]?.line} ${message}`);

const wanted = /\.(?:[cm]?[jt]sx?|json|prisma|ini|ya?ml|toml)$|(?:^|\/)(?:\.env[^/]*|Dockerfile|\.gitignore)$/;

/** Writes the sources and configuration files of a commit into a folder. */
function extract(git: string, commit: string, folder: string): void {
  const run = (args: readonly string[], input?: string): Buffer =>
    spawnSync("git", [`--git-dir=${git}`, ...args], { maxBuffer: 2 ** 30, ...(input === undefined ? {} : { input }) })
      .stdout;
  const entries = run(["ls-tree", "-r", "-z", commit])
    .toString("utf8")
    .split("\0")
    .flatMap((entry) => {
      const [meta = "", path = ""] = entry.split("\t");
      const [mode, kind, hash = ""] = meta.split(" ");
      return kind === "blob" && mode !== "120000" && wanted.test(path) ? [{ path, hash }] : [];
    });
  const out = run(["cat-file", "--batch"], entries.map(({ hash }) => `${hash}\n`).join(""));
  let at = 0;
  for (const { path } of entries) {
    const end = out.indexOf(10, at);
    const [, kind, size] = out.subarray(at, end).toString("utf8").split(" ");
    at = end + 1;
    // A large file that the copy of the repository leaves out.
    if (kind !== "blob") continue;
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, out.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
}

function gitDirectory(repository: string): string | undefined {
  const folder = join(corpus, repository.replace("/", "+"));
  return [join(folder, "repo"), folder].find((one) => existsSync(join(one, "objects")));
}

function byRepository(all: readonly Pair[]): ReadonlyMap<string, readonly Pair[]> {
  const groups = new Map<string, Pair[]>();
  for (const pair of all) groups.set(pair.repository, [...(groups.get(pair.repository) ?? []), pair]);
  return groups;
}
