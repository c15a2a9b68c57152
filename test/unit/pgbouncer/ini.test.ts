import { describe, expect, it } from "vitest";
import { readIni } from "../../../server/src/pgbouncer/ini.ts";

/** `section.key=value@line` of every entry. */
const told = (text: string): readonly string[] =>
  readIni(text).sections.flatMap(({ name, entries }) =>
    entries.map(({ key, value, line }) => `${name}.${key}=${value}@${line}`),
  );

describe("readIni", () => {
  it.each([
    ["[pgbouncer]\npool_mode = session", ["pgbouncer.pool_mode=session@2"]],
    ["[pgbouncer]\r\npool_mode=session\r\n", ["pgbouncer.pool_mode=session@2"]],
    ["\n\n  [pgbouncer]\n  pool_mode=session", ["pgbouncer.pool_mode=session@4"]],
    ["[a]\n; x=1\n# y=2\n  ; z=3\nk=v", ["a.k=v@5"]],
    ["[a]\nk = v ; no comment", ["a.k=v ; no comment@2"]],
    ["[a] ; comment\nk=v", ["a.k=v@2"]],
    ["[a] k=v", ["a.k=v@1"]],
    ["[a]\nk =\nl=", ["a.k=@2", "a.l=@3"]],
    ["[a]\n'my db' = host=x", ["a.my db=host=x@2"]],
    ["[a]\n= 3", ["a.=3@2"]],
    ["[a][b] [c]\nk=v", ["c.k=v@2"]],
    ["[databases]\n* = host=x\na.b-c=d", ["databases.*=host=x@2", "databases.a.b-c=d@3"]],
    ["[a]\nx=1\n[b]\ny=2\n[a]\nz=3", ["a.x=1@2", "b.y=2@4", "a.z=3@6"]],
  ])("%j", (text, expected) => expect(told(text)).toEqual(expected));

  it.each([
    ['[databases]\n"my db" = host=x', 2],
    ["[a]\nnonsense", 2],
    ["[a", 1],
    ["[a]\n'it''s' = 3", 2],
    ["\uFEFF[a]", 1],
    ["[a]\n%include", 2],
    ["[a] nonsense", 1],
    ["[a]\npool_mode: session", 2],
  ])("cannot read %j, as PgBouncer", (text, line) => {
    expect(readIni(text).unreadable.map((each) => each.line)).toEqual([line]);
  });

  it("has spans of keys and values", () => {
    const text = "[pgbouncer]\n  pool_mode =  session  \n";
    const entry = readIni(text).sections[0]?.entries[0];
    expect(entry && text.slice(entry.keySpan.start, entry.keySpan.end)).toBe("pool_mode");
    expect(entry && text.slice(entry.valueSpan.start, entry.valueSpan.end)).toBe("session");
  });

  it("keeps includes apart, with the section that they stand in", () => {
    const { includes, loose } = readIni("x=1\n[a]\n%include users.ini\n");
    expect(includes).toEqual([{ file: "users.ini", span: { start: 8, end: 26 }, line: 3, section: "a" }]);
    expect(loose.map(({ key }) => key)).toEqual(["x"]);
  });
});
