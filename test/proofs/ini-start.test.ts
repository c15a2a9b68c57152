import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { disordered } from "../unit/lsp/ini-document.ts";
import { type IniCase, included, iniCases, startsWith } from "./inis/table.ts";
import { reasonsAgainst } from "./inis/verdict.ts";
import type { BouncerProgram } from "./machine/bouncer-programs.ts";
import { account, startDaemon, startOnFreePort } from "./machine/daemon.ts";
import { openFolder } from "./machine/programs.ts";

const bench = inject("bench");
const bouncers = bench.kind === "ready" ? bench.bouncers : [];

/** Some at a time: a start takes a few hundredths of a second, and the machine may be small. */
const atOnce = 4;

describe.skipIf(bouncers.length === 0)("pgbouncer.ini on the real program", () => {
  test.each(bouncers.map((program) => [program.version, program] as const))(
    "PgBouncer %s starts with the files of which bouncer-safe says so, and with no others",
    async (version, program) => {
      const waiting = [...iniCases];
      const wrong: string[] = [];
      const work = async () => {
        for (let each = waiting.shift(); each; each = waiting.shift()) {
          const { started, log } = await tryStart(each, program);
          const reasons = await reasonsAgainst(each.text, version);
          if (started !== (reasons.length === 0))
            wrong.push(
              `${each.name}: ${started ? "starts" : "does not start"}\n  says ${reasons.join("; ") || "nothing"}\n  ${log}`,
            );
          else if (started !== startsWith(each, version)) wrong.push(`${each.name}: the table says otherwise`);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      expect(wrong.join("\n\n")).toBe("");
    },
  );
});

/** The editor's formatter undoes this disorder (test/unit/lsp/ini-format.test.ts), so it has to mean nothing. Some of the table are enough. */
const disorderedCases = iniCases
  .filter((_, index) => index % 3 === 0)
  .map((each) => ({ ...each, text: disordered(each.text) }));

describe.skipIf(bouncers.length === 0)("blanks that formatting changes", () => {
  test.each(bouncers.map((program) => [program.version, program] as const))(
    "mean nothing to PgBouncer %s",
    async (version, program) => {
      expect(disorderedCases.filter(({ text }) => !iniCases.some((each) => each.text === text)).length).toBeGreaterThan(
        30,
      );
      const waiting = [...disorderedCases];
      const wrong: string[] = [];
      const work = async () => {
        for (let each = waiting.shift(); each; each = waiting.shift()) {
          const { started, log } = await tryStart(each, program);
          if (started !== startsWith(each, version)) wrong.push(`${each.name}: ${log}`);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      expect(wrong.join("\n\n")).toBe("");
    },
  );
});

async function tryStart(
  { text }: IniCase,
  program: BouncerProgram,
): Promise<{ readonly started: boolean; readonly log: string }> {
  if (bench.kind !== "ready") throw new Error("no bench");
  const folder = openFolder(mkdtempSync(join(bench.runFolder, "ini-")));
  const [command, ...args] = program.command;
  let log = "";
  try {
    const { daemon } = await startOnFreePort((port) => {
      const fill = (source: string) => source.replaceAll("{port}", String(port)).replaceAll("{folder}", folder);
      writeFileSync(join(folder, "users.txt"), '"app" ""\n');
      for (const [name, source] of Object.entries({ ...included, "pgbouncer.ini": text }))
        writeFileSync(join(folder, name), fill(source));
      if (account) execFileSync("chown", ["-R", account, folder]);
      const started = startDaemon(command!, [...args, join(folder, "pgbouncer.ini")], folder);
      return started;
    }, "process up");
    await daemon.end("SIGKILL");
    return { started: true, log };
  } catch (error) {
    log = String(error);
    return {
      started: false,
      log: log
        .split("\n")
        .filter((line) => /ERROR|FATAL|does not/.test(line))
        .slice(-3)
        .join("\n  "),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
