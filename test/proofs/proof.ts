import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, inject, test } from "vitest";
import { isAtLeast, readVersion } from "../../server/src/core/version.ts";
import { type Ini, knownTo, type Settings } from "./machine/bouncer.ts";
import { type BouncerProgram, wantedVersions } from "./machine/bouncer-programs.ts";
import { missingModules, type PythonModule } from "./machine/python.ts";
import "./setup.ts";
import { type Place, type Stage, setStage } from "./stage.ts";
import { readScenes, type Scene, writeScenes } from "./transcript.ts";

/** One demonstration of a rule: the same play with the example and with the example after the fix. */
export interface Proof<Seen> {
  /** What the example does, "example leaves …". */
  readonly example: string;
  /** What the same file does after the fix, "fixed example gives …"; absent where nothing is to be fixed. */
  readonly fixed?: string;
  readonly modes: readonly Place["mode"][];
  /** "oldest" where the claim is about a library and PgBouncer's version cannot matter; each version otherwise. */
  readonly versions?: "oldest" | { readonly since: string } | { readonly before: string };
  /** PgBouncer's settings beside pool_mode; a version goes without those that it does not know. */
  readonly settings?: Settings;
  /** Parameters of the entry of [databases]. */
  readonly database?: Settings;
  /** Files of `applications/` to play instead of the rule's example. */
  readonly applications?: { readonly [side in Side]: string };
  /** The modules of Python that the applications import; the proof is skipped where one of them is absent. */
  readonly modules?: readonly PythonModule[];
  /** Plays it and returns what was seen. */
  readonly play: (stage: Stage, side: Side) => Promise<Seen>;
  /** Asserts the fault. */
  readonly fault: (seen: Seen, place: Place) => void;
  /** Asserts that the fault is gone. */
  readonly mended?: (seen: Seen, place: Place) => void;
}

/** A proof whose kind of evidence is its own affair. */
export interface Act extends Omit<Proof<unknown>, "play" | "fault" | "mended"> {
  /** Plays the file and asserts what that side of the proof claims. */
  readonly judge: (stage: Stage, side: Side) => Promise<void>;
}

/** Before our fix or after it. */
export type Side = (typeof sides)[number];

/** Joins what a proof saw with what it asserts about it. */
export function act<Seen>({ play, fault, mended, ...rest }: Proof<Seen>): Act {
  return {
    ...rest,
    judge: async (stage, side) => {
      const check = side === "example" ? fault : mended;
      const seen = await play(stage, side);
      check?.(seen, stage.place);
    },
  };
}

/** Runs a rule's proofs on each PgBouncer that can be had and holds the transcript to what was kept. */
export function prove(rule: string, ...proofs: readonly Act[]): void {
  const bench = inject("bench");
  const scenes: Scene[] = [];

  describe(rule, () => {
    for (const proof of proofs) {
      for (const mode of proof.modes) {
        const programs = bench.kind === "ready" ? bench.bouncers.filter(chosenBy(proof, bench.bouncers)) : [];
        const missing = bench.kind === "ready" ? Object.keys(bench.missing) : wantedFor(proof);
        for (const version of missing) {
          for (const title of titlesOf(proof)) {
            const reason = bench.kind === "ready" ? bench.missing[version] : bench.reason;
            test(`${rule}: ${title} (PgBouncer ${version}, ${mode})`, ({ skip }) => skip(reason));
          }
        }
        for (const program of programs) {
          const place: Place = { program, mode };
          const absent = missingModules(proof.modules ?? []);
          for (const side of sides) {
            const title = proof[side];
            if (title === undefined) continue;
            if (absent.length) {
              const reason = `Python has no module ${absent.join(", ")}`;
              test(`${rule}: ${title} (PgBouncer ${program.version}, ${mode})`, ({ skip }) => skip(reason));
              continue;
            }
            // A machine that stands still for seconds upsets the timeouts that a proof plays with; a wrong claim fails twice.
            test.concurrent(`${rule}: ${title} (PgBouncer ${program.version}, ${mode})`, { retry: 1 }, async () => {
              if (bench.kind === "none") throw new Error(bench.reason);
              const file = sourceOf(rule, proof, side);
              const ini = iniOf(proof, program.version);
              const stage = await setStage(file, place, ini, bench.postgresPort, bench.runFolder);
              try {
                await proof.judge(stage, side);
                scenes.push({
                  title: asHeading(title),
                  place: `${program.version} ${mode}`,
                  settings: iniLines(ini),
                  lines: stage.lines(),
                });
              } catch (error) {
                if (error instanceof Error) error.message += `\n\nTranscript:\n${stage.lines().join("\n")}`;
                throw error;
              } finally {
                await stage.end();
              }
            });
          }
        }
      }
    }

    if (process.env.UPDATE === "1") {
      const wanted = proofs.flatMap((proof) =>
        titlesOf(proof).flatMap((title) =>
          proof.modes.flatMap((mode) =>
            wantedFor(proof).map((version) => ({ title: asHeading(title), place: `${version} ${mode}` })),
          ),
        ),
      );
      afterAll(() => writeScenes(rule, wanted, scenes));
      return;
    }
    test(`${rule}: the transcript says what came back`, ({ skip }) => {
      if (bench.kind === "none") skip(bench.reason);
      const kept = readScenes(rule);
      // A version that nobody kept a transcript of is proven by its assertions alone.
      const known = scenes.filter((scene) => wantedVersions.some((version) => scene.place.startsWith(`${version} `)));
      for (const scene of known) {
        const same = kept.find((other) => other.title === scene.title && other.place === scene.place);
        expect(scene.lines, `${scene.title} (${scene.place}); UPDATE=1 rewrites the transcript`).toEqual(same?.lines);
      }
    });
  });
}

/** Whether a proof wants a program, of those that there are. */
function chosenBy({ versions }: Act, oldestFirst: readonly HasVersion[]): (program: HasVersion) => boolean {
  if (versions === undefined) return () => true;
  if (versions === "oldest") return (program) => program === oldestFirst[0];
  const [limit, wanted] = "since" in versions ? [versions.since, true] : [versions.before, false];
  const least = readVersion(limit) ?? [];
  return ({ version }) => isAtLeast(readVersion(version) ?? [], least) === wanted;
}

type HasVersion = Pick<BouncerProgram, "version">;

function wantedFor(proof: Act): readonly string[] {
  const all = wantedVersions.map((version) => ({ version }));
  return all.filter(chosenBy(proof, all)).map(({ version }) => version);
}

function iniOf({ settings = {}, database = {} }: Act, version: string): Ini {
  return knownTo(version, { settings, database });
}

function iniLines({ settings, database }: Ini): readonly string[] {
  const parameters = Object.entries(database).map(([key, value]) => `${key}=${value}`);
  return [
    ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`),
    ...(parameters.length ? [`* = ${parameters.join(" ")}`] : []),
  ];
}

const sides = ["example", "fixed"] as const;

function titlesOf(proof: Act): readonly string[] {
  return sides.flatMap((side) => proof[side] ?? []);
}

function asHeading(title: string): string {
  return title[0]!.toUpperCase() + title.slice(1);
}

function sourceOf(rule: string, proof: Act, side: Side): string {
  const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  if (proof.applications) return file(`applications/${proof.applications[side]}`);
  return file(`../rules/${rule}/${side === "example" ? "example" : "example.fixed"}.ts`);
}
