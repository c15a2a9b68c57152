import { describe, expect, it } from "vitest";
import { type PoolerChoice, writePooler } from "../../../server/src/config/write.ts";
import { readConfiguration } from "../../../server/src/config.ts";

const written = (text: string, choice: PoolerChoice): string | undefined => {
  const change = writePooler(text, choice);
  return change && text.slice(0, change.offset) + change.content + text.slice(change.offset + change.length);
};

const choice: PoolerChoice = { kind: "pgbouncer", mode: "session", version: "1.24.1" };

describe("writePooler", () => {
  it.each([
    ["", '{\n  "pooler": {\n    "kind": "pgbouncer",\n    "mode": "session",\n    "version": "1.24.1"\n  }\n}\n'],
    [
      '{\n  // why\n  "rules": { "no-listen": "off" }, // kept\n}\n',
      '{\n  "pooler": {\n    "kind": "pgbouncer",\n    "mode": "session",\n    "version": "1.24.1"\n  },\n  // why\n  "rules": { "no-listen": "off" }, // kept\n}\n',
    ],
    ['{\r\n\t"pooler": {\r\n\t\t"mode": "transaction", // for now\r\n\t\t"defaultPoolSize": 3\r\n\t}\r\n}', undefined],
  ])("%j", (text, expected) => {
    const result = written(text, choice);
    if (expected !== undefined) expect(result).toBe(expected);
    const { settings, problems } = readConfiguration(result ?? "");
    expect(problems).toEqual([]);
    expect(settings.pooler).toMatchObject(choice);
    for (const comment of text.match(/\/\/[^\r\n]*/g) ?? []) expect(result).toContain(comment);
    expect(result?.match(/(?<!\r)\n/g) ?? []).toHaveLength(
      text.includes("\r\n") ? 0 : (result?.match(/\n/g)?.length ?? -1),
    );
  });

  it("keeps what is not chosen, and takes away what is null", () => {
    const text = '{ "pooler": { "kind": "pgcat", "version": "1.18", "defaultPoolSize": 3 } }';
    expect(readConfiguration(written(text, { kind: "neon", version: null }) ?? "").settings).toEqual({
      pooler: { kind: "neon", defaultPoolSize: 3 },
    });
  });

  it("changes no more than it must", () => {
    const text = '{\n  "pooler": { "mode": "session" }\n}\n';
    const change = writePooler(text, { mode: "statement" });
    expect(change?.offset).toBeGreaterThanOrEqual(text.indexOf("session") - 1);
    expect(change?.length).toBeLessThanOrEqual("session".length + 2);
    expect(written(text, { mode: "session" })).toBe(text);
  });

  it.each(['{ "pooler": ', "[]", "no json", '{ "a" 1 }'])("leaves %j to people", (text) =>
    expect(writePooler(text, choice)).toBeUndefined(),
  );
});
