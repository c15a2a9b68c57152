import { describe, expect, test } from "vitest";
import { createSchema, type Described, settings } from "../../../server/src/config/description.ts";
import { mergeSettings, readConfiguration, readSettingsObject } from "../../../server/src/config.ts";
import { defaultSettings } from "../../../server/src/core/settings.ts";

const problemsOf = (text: string) =>
  readConfiguration(text).problems.map(({ message, offset, length }) => [message, text.slice(offset, offset + length)]);

test("a whole file, with comments and trailing commas", () => {
  const text = `{
    "$schema": "./node_modules/bouncer-safe/dist/bouncer-safe.schema.json",
    // Ours is patched.
    "pooler": { "kind": "pgbouncer", "mode": "session", "version": "1.24.1", "maxPreparedStatements": 200, "ignoreStartupParameters": ["options"], "clientIdleTimeout": 0, },
    "rules": { "no-double-pool": "off", "require-application-name": "error", "unused-suppression": "hint" },
    "ignore": ["test/**"], "external": ["charge"], "pure": ["format"], "replicas": 4,
  }`;
  expect(readConfiguration(text)).toEqual({
    problems: [],
    settings: {
      pooler: {
        kind: "pgbouncer",
        mode: "session",
        version: "1.24.1",
        maxPreparedStatements: 200,
        ignoreStartupParameters: ["options"],
        clientIdleTimeout: 0,
      },
      rules: { "no-double-pool": "off", "require-application-name": "error", "unused-suppression": "hint" },
      ignore: ["test/**"],
      external: ["charge"],
      pure: ["format"],
      replicas: 4,
    },
  });
});

describe("every fault is told with its place", () => {
  test.each([
    ['{ "color": {} }', "`color` is no setting", '"color"'],
    ['{ "poler": {} }', "`poler` is no setting; did you mean `pooler`?", '"poler"'],
    ['{ "ingore": [] }', "`ingore` is no setting; did you mean `ignore`?", '"ingore"'],
    [
      '{ "pooler": { "max_prepared_statements": 1 } }',
      "`pooler.max_prepared_statements` is no setting; did you mean `maxPreparedStatements`?",
      '"max_prepared_statements"',
    ],
    ['{ "pooler": { "mod": "session" } }', "`pooler.mod` is no setting; did you mean `mode`?", '"mod"'],
    ['{ "pooler": { "mode": "tx" } }', '`pooler.mode` is one of session, transaction, statement, not `"tx"`', '"tx"'],
    ['{ "pooler": [] }', "`pooler` is an object, not a list", "[]"],
    ['{ "pooler": { "version": 1.24 } }', '`pooler.version` is a version like "1.24.1", not `1.24`', "1.24"],
    ['{ "pooler": { "defaultPoolSize": -1 } }', "`pooler.defaultPoolSize` is a whole number from 0, not `-1`", "-1"],
    ['{ "replicas": 0 }', "`replicas` is a whole number from 1, not `0`", "0"],
    ['{ "replicas": null }', "`replicas` is a whole number from 1, not `null`", "null"],
    ['{ "ignore": "test" }', '`ignore` is a list of texts, not `"test"`', '"test"'],
    ['{ "ignore": ["a", 1] }', "`ignore[1]` is a text, not `1`", "1"],
    [
      '{ "rules": { "no-double-pol": "off" } }',
      "`rules.no-double-pol` is no rule; did you mean `no-double-pool`?",
      '"no-double-pol"',
    ],
    [
      '{ "rules": { "no-double-pool": "warn" } }',
      '`rules.no-double-pool` is one of off, error, warning, information, hint, not `"warn"`',
      '"warn"',
    ],
    ["[]", "the file has to be an object, not a list", "[]"],
    ['{ "replicas": 2 "pure": [] }', "a comma is missing", '"pure"'],
    ['{ "replicas": 2', "a closing brace is missing", ""],
    ['{ "replicas": }', "a value is missing", "}"],
    ["nonsense", "a character stands where none can", "nonsense"],
  ])("%s", (text, message, at) => {
    expect(problemsOf(text)).toContainEqual([message, at]);
  });
});

test("what is right beside a fault counts", () => {
  expect(
    readConfiguration('{ "replicas": 3, "ignore": ["a", 1], "pooler": { "mode": "x", "kind": "neon" }, ').settings,
  ).toEqual({
    replicas: 3,
    ignore: ["a"],
    pooler: { kind: "neon" },
  });
});

test("an empty file says nothing", () => {
  expect(readConfiguration(" \n")).toEqual({ settings: {}, problems: [] });
});

test("no text is too odd", () => {
  for (const text of [
    "\0",
    "{",
    '{"',
    '{"a',
    '{"a":',
    "[[[[",
    '{"rules":{"__proto__":"off"}}',
    '{"__proto__":{}}',
    '{"pooler":{"constructor":1}}',
    "\ud800",
  ]) {
    expect(() => readConfiguration(text), text).not.toThrow();
  }
  expect(readConfiguration('{"rules":{"__proto__":"off"}}').problems).toHaveLength(1);
});

test("the editor's object is read the same way, its faults left to the editor", () => {
  expect(readSettingsObject({ pooler: { mode: "session", kind: 3 }, replicas: "x" })).toEqual({
    pooler: { mode: "session" },
  });
  expect(readSettingsObject(undefined)).toEqual({});
});

test("the later settings go before, key by key; lists are joined", () => {
  const editor = mergeSettings(defaultSettings, {
    pooler: { mode: "session", version: "1.20" },
    rules: { "no-listen": "off" },
    ignore: ["a", "b"],
    replicas: 2,
  });
  expect(
    mergeSettings(editor, {
      pooler: { mode: "transaction" },
      rules: { "no-double-pool": "error" },
      ignore: ["b", "c"],
    }),
  ).toEqual({
    ...defaultSettings,
    pooler: { mode: "transaction", version: "1.20" },
    rules: { "no-listen": "off", "no-double-pool": "error" },
    ignore: ["a", "b", "c"],
    replicas: 2,
  });
});

test("the description covers every setting, and the schema every description", () => {
  expect(Object.keys(settings.properties).sort()).toEqual(Object.keys(defaultSettings).sort());
  const described = (one: Described): number =>
    1 +
    (one.kind === "object"
      ? Object.values(one.properties)
          .map(described)
          .reduce((a, b) => a + b)
      : 0);
  const schema = JSON.stringify(createSchema([{ name: "no-double-pool", summary: "Summary." }]));
  expect(schema.match(/"description"/g)).toHaveLength(described(settings) + 1);
  expect(schema).toContain(
    '"no-double-pool":{"enum":["off","error","warning","information","hint"],"description":"Summary."}',
  );
});
