import { describe, expect, it } from "vitest";
import { readConninfo } from "../../../server/src/pooler/conninfo.ts";
import { parseUrl } from "../../../server/src/pooler/index.ts";

/** `host:port/database?parameters`, `…` where a piece is missing. */
const told = (text: string | readonly (string | undefined)[]): string | undefined => {
  const parts = parseUrl(text);
  if (!parts) return undefined;
  const { scheme, host, port, database, parameters, complete } = parts;
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return `${scheme ?? ""} ${host ?? "–"}:${port ?? "–"}/${database ?? "–"}?${query.join("&")}${complete ? "" : " …"}`;
};

describe("parseUrl", () => {
  it.each([
    ["postgres://localhost/app", "postgres localhost:–/app?"],
    ["postgresql://u@localhost:6432", "postgresql localhost:6432/–?"],
    [
      "postgres://u:p@h:1/d?application_name=a%20b&pgbouncer=true",
      "postgres h:1/d?application_name=a b&pgbouncer=true",
    ],
    ["postgres://u:p@h1:1,h2:2/d", "postgres h1:1/d?"],
    ["postgres://u:p@[::1]:6432/d", "postgres [::1]:6432/d?"],
    ["postgres:///d?host=/tmp&port=7", "postgres /tmp:7/d?host=/tmp&port=7"],
    ["postgresql+asyncpg://u:p@h/d", "postgresql+asyncpg h:–/d?"],
    ["jdbc:postgresql://h:6432/d?prepareThreshold=0", "jdbc:postgresql h:6432/d?prepareThreshold=0"],
    ["host=h port=6432 dbname='my db' user=u password=hunter2 sslmode=require", " h:6432/my db?sslmode=require"],
    ["dbname=d host=a,b port=1,2", " a:1/d?"],
    ["mysql://root:hunter2@h/d?token=x", "mysql –:–/–?"],
    ["https://hooks.example.com/services/T0/hunter2", "https –:–/–?"],
    ["file:./dev.db", "file –:–/–?"],
    ["postgres://u:p@h:notaport/d", "postgres h:–/d?"],
    ["postgres://u:p@h/d#fragment", "postgres h:–/d?"],
    ["postgres://u:p@h/%zz", "postgres h:–/%zz?"],
  ])("%s", (text, expected) => expect(told(text)).toBe(expected));

  it.each(["", "hello", "SELECT 1", "localhost:5432", "C:\\data", "a=b", "bouncer"])("%j is no URL", (text) =>
    expect(told(text)).toBeUndefined(),
  );

  it.each([
    [["postgres://u:", undefined, "@h:6432/d"], "postgres h:6432/d?"],
    [
      ["postgres://", undefined, ":", undefined, "@", undefined, ":6432/d?application_name=x"],
      "postgres –:6432/d?application_name=x …",
    ],
    [["postgres://h/", undefined, "?application_name=", undefined], "postgres h:–/–? …"],
    [["postgres://h/app_", undefined], "postgres h:–/–? …"],
    [[undefined, "/app"], undefined],
  ])("%j, with what is not known", (pieces, expected) => expect(told(pieces)).toBe(expected));

  it.each([
    "postgres://u:hunter2@h/d",
    "postgres://hunter2@h/d",
    "postgres://u:hunter2@x@h/d",
    "postgres://u:hunter2/x@h/d",
    "postgres://u:hun?hunter2@h/d",
    "postgres://u:a#hunter2@h/d",
    "postgres://u:p@h/d?password=hunter2&user=hunter2&sslpassword=hunter2",
    "postgres://u:p@h/d?api_key=hunter2&access_token=hunter2&sslkey=hunter2",
    "host=h password=hunter2 user=hunter2",
    "host=h password='a hunter2'",
    "redis://:hunter2@h/0",
    "https://hunter2@o1.ingest.example.com/2",
    "prisma://accelerate.example.net/?api_key=hunter2",
    "postgres://u:hunter2",
    "postgres://hunter2:p",
    "mongodb+srv://u:hunter2@h/hunter2",
  ])("keeps no secret of %s", (text) => expect(JSON.stringify(parseUrl(text) ?? {})).not.toContain("hunter2"));
});

describe("readConninfo", () => {
  it.each([
    [
      "host=a port=5",
      [
        ["host", "a"],
        ["port", "5"],
      ],
    ],
    [
      "host = a  dbname='x y'",
      [
        ["host", "a"],
        ["dbname", "x y"],
      ],
    ],
    [
      "password='it''s' a=b\\'c",
      [
        ["password", "it's"],
        ["a", "b'c"],
      ],
    ],
    ["connect_query='select 1; select 2'", [["connect_query", "select 1; select 2"]]],
    ["", []],
  ])("%j", (text, expected) => {
    expect(readConninfo(text)).toEqual(expected);
  });

  it("stops at what is no pair", () => {
    expect(readConninfo("a=1 nonsense b=2")).toEqual([["a", "1"]]);
  });
});
