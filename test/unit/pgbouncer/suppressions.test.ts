import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { snapshotOf } from "../../snapshot.ts";

const analyzer = createAnalyzer();

const told = async (text: string): Promise<readonly string[]> => {
  const { findings } = await analyzer.analyze(snapshotOf({ "pgbouncer.ini": text }));
  return findings
    .filter(({ severity }) => severity !== "hint")
    .map(({ rule, span }) => `${rule}@${text.slice(0, span.start).split("\n").length}`);
};

const mode = "pool_mode = statement";

describe("suppression comments of pgbouncer.ini", () => {
  it.each([
    ["a line", `[pgbouncer]\n; bouncer-safe-disable-next-line ini-statement-mode -- single statements only\n${mode}\n`],
    ["with a hash", `[pgbouncer]\n  # bouncer-safe-disable-next-line ini-statement-mode\n${mode}\n`],
    ["the file", `;; bouncer-safe-disable ini-statement-mode\n[pgbouncer]\n${mode}\n`],
    ["every rule", `[pgbouncer]\r\n; bouncer-safe-disable-next-line\r\n${mode}\r\n`],
  ])("silence %s", async (_, text) => expect(await told(text)).toEqual([]));

  it.each([
    [
      `[pgbouncer]\n; bouncer-safe-disable-next-line ini-bad-value\n${mode}\n`,
      ["unused-suppression@2", "ini-statement-mode@3"],
    ],
    [`[pgbouncer]\n; bouncer-safe-disable-next-line ini-statement-mode\n`, ["unused-suppression@2"]],
    [
      `[pgbouncer]\nadmin_users = ; bouncer-safe-disable-line\n${mode}\n`,
      ["ini-trailing-comment@2", "ini-statement-mode@3"],
    ],
  ])("%j", async (text, expected) => expect(await told(text)).toEqual(expected));
});
