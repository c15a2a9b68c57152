import { describe, expect, test } from "vitest";
import type { Version } from "../../../server/src/core/version.ts";
import { completeIni } from "../../../server/src/lsp/ini-completion.ts";
import { withCursor } from "./ini-document.ts";

interface Options {
  readonly version?: Version;
  readonly opened?: string;
  readonly snippets?: boolean;
}

function complete(marked: string, { version, opened, snippets = false }: Options = {}) {
  const { ini, offset } = withCursor(marked);
  const items = completeIni(ini, offset, {
    version,
    opened,
    snippets,
    documentation: (value) => ({ kind: "markdown", value }),
  });
  return items.toSorted((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
}

const labels = (marked: string, options?: Options): string[] => complete(marked, options).map(({ label }) => label);

const item = (marked: string, label: string, options?: Options) => {
  const found = complete(marked, options).find((each) => each.label === label);
  if (!found) throw new Error(`${label} is not offered`);
  return found;
};

/** The text after a proposal is taken. */
function taken(marked: string, label: string, options?: Options): string {
  const { ini } = withCursor(marked);
  const { textEdit } = item(marked, label, options);
  const { range, newText } = textEdit as { range: Parameters<typeof ini.lines.fromRange>[0]; newText: string };
  const { start, end } = ini.lines.fromRange(range);
  return ini.text.slice(0, start) + newText + ini.text.slice(end);
}

describe("completion of settings", () => {
  test("offers those of [pgbouncer], what is not set yet first", () => {
    const all = labels("[pgbouncer]\npool_mode = session\n▮");
    expect(all).toContain("max_client_conn");
    expect(all.indexOf("pool_mode")).toBeGreaterThan(all.indexOf("verbose"));
    expect(item("[pgbouncer]\npool_mode = session\n▮", "pool_mode").detail).toBe("set already; session");
  });

  test("tells meaning, unit and default", () => {
    const { detail, documentation } = item("[pgbouncer]\n▮", "query_wait_timeout");
    expect(detail).toBe("120 seconds");
    expect(documentation).toMatchObject({
      value: expect.stringMatching(/\*\*query_wait_timeout\*\*: seconds; default: `120`/),
    });
  });

  test("puts last what the version in use does not know, and says so", () => {
    const at118 = labels("[pgbouncer]\n▮", { version: [1, 18] });
    expect(at118.indexOf("max_prepared_statements")).toBeGreaterThan(at118.indexOf("verbose"));
    expect(item("[pgbouncer]\n▮", "max_prepared_statements", { version: [1, 18] }).detail).toBe("needs PgBouncer 1.21");
    expect(item("[pgbouncer]\n▮", "max_prepared_statements", { version: [1, 22] }).detail).toBe("0 statements");
    expect(item("[pgbouncer]\n▮", "max_prepared_statements", { version: [1, 24, 1] }).detail).toBe("200 statements");
  });

  test.each([
    ["[pgbouncer]\npool_▮", "[pgbouncer]\npool_mode = "],
    ["[pgbouncer]\npo▮ol_size = 5", "[pgbouncer]\npool_mode = 5"],
    ["[pgbouncer]\n▮=session", "[pgbouncer]\npool_mode=session"],
  ])("replaces the word around the cursor: %j", (before, after) => {
    expect(taken(before, "pool_mode")).toBe(after);
  });

  test("offers those of the section that is open where the file is included", () => {
    expect(labels("pool_mode = session\n▮", { opened: "pgbouncer" })).toContain("max_client_conn");
    expect(item("pool_mode = session\n▮", "pool_mode", { opened: "pgbouncer" }).detail).toBe("set already; session");
    expect(labels("pool_mode = session\n▮")).not.toContain("max_client_conn");
    expect(labels("shop = ▮", { opened: "databases" })).toContain("dbname");
  });

  test("offers the values with the name where the client knows snippets", () => {
    const options = { snippets: true };
    const newText = (label: string) => item("[pgbouncer]\n▮", label, options).textEdit?.newText;
    expect(newText("pool_mode")).toMatch(/^pool_mode = \$\{1\|session,transaction,statement\|\}$/);
    expect(newText("so_reuseport")).toMatch(/^so_reuseport = \$\{1\|1,0\|\}$/);
    expect(newText("default_pool_size")).toMatch(/^default_pool_size = \$\{1:20\}$/);
    expect(item("[pgbouncer]\n▮", "auth_query", { ...options, version: [1, 20] }).textEdit?.newText).toContain(
      "usename=\\$1",
    );
    expect(taken("[pgbouncer]\n▮ = x", "pool_mode", options)).toBe("[pgbouncer]\npool_mode = x");
  });

  test.each([
    ["; pool_▮"],
    ["[pgbouncer] # ▮"],
    ["[pgbouncer]\n%include ▮"],
    ["[pgbouncer]\nwhat is this ▮"],
    ["[pgbouncer]\nlogfile = ▮"],
    ["[nonsense]\npool_mode = ▮"],
  ])("offers nothing in %j", (marked) => {
    expect(labels(marked)).toEqual([]);
  });
});

describe("completion of sections", () => {
  test("those that are missing first", () => {
    expect(labels("[databases]\n[▮")).toEqual(["[users]", "[peers]", "[pgbouncer]", "[databases]"]);
  });

  test("peers last where PgBouncer is older", () => {
    expect(labels("[▮", { version: [1, 18, 0] }).at(-1)).toBe("[peers]");
  });

  test.each(["[p▮", "[p▮]", "  [▮]", "▮"])("writes the whole header: %j", (before) => {
    expect(taken(before, "[pgbouncer]").trim()).toBe("[pgbouncer]");
  });
});

describe("completion of values", () => {
  test("the modes, with the default marked and each explained", () => {
    expect(labels("[pgbouncer]\npool_mode = ▮")).toEqual(["session", "transaction", "statement"]);
    expect(item("[pgbouncer]\npool_mode = ▮", "session").detail).toBe("default");
    expect(item("[pgbouncer]\npool_mode = tr▮", "transaction").documentation).toMatchObject({
      value: expect.stringContaining("end of each transaction"),
    });
    expect(taken("[pgbouncer]\npool_mode=sess▮ion ; x", "transaction")).toBe("[pgbouncer]\npool_mode=transaction ; x");
  });

  test("a switch, a time and a text", () => {
    expect(labels("[pgbouncer]\nserver_reset_query_always = ▮")).toEqual(["1", "0"]);
    expect(item("[pgbouncer]\nquery_wait_timeout = ▮", "120").detail).toBe("default, in seconds");
    expect(labels("[pgbouncer]\nserver_reset_query = ▮")).toEqual(["DISCARD ALL"]);
  });

  test("values of a later version come last", () => {
    const ldap = { version: [1, 20] } as const;
    expect(labels("[pgbouncer]\nauth_type = ▮", ldap).at(-1)).toBe("ldap");
    expect(item("[pgbouncer]\nauth_type = ▮", "ldap", ldap).detail).toBe("needs PgBouncer 1.25");
  });

  test("names in a list, without those that it has", () => {
    const marked = "[pgbouncer]\nignore_startup_parameters = extra_float_digits, sea▮";
    expect(labels(marked)).toContain("search_path");
    expect(labels(marked)).not.toContain("extra_float_digits");
    expect(taken(marked, "search_path")).toBe(
      "[pgbouncer]\nignore_startup_parameters = extra_float_digits, search_path",
    );
  });

  test("users of the file, for admins", () => {
    const file =
      "[databases]\na = host=b user=app password=secret\n[users]\nops = pool_mode=session\n[pgbouncer]\nadmin_users = ▮";
    expect(labels(file)).toEqual(["app", "ops"]);
    expect(JSON.stringify(complete(file))).not.toContain("secret");
  });
});

describe("completion in [databases] and [users]", () => {
  test("parameters of a database, without default ones that it has at the front", () => {
    const all = labels("[databases]\napp = host=db ▮");
    expect(all).toEqual(expect.arrayContaining(["dbname", "pool_mode", "pool_size"]));
    expect(all.indexOf("host")).toBeGreaterThan(all.indexOf("user"));
    expect(taken("[databases]\napp = host=db po▮", "pool_mode")).toBe("[databases]\napp = host=db pool_mode=");
    expect(taken("[databases]\napp = po▮=session", "pool_mode")).toBe("[databases]\napp = pool_mode=session");
    expect(item("[databases]\napp = ▮", "pool_mode", { snippets: true }).textEdit?.newText).toMatch(
      /^pool_mode=\$\{1\|session,transaction,statement\|\}$/,
    );
  });

  test("values of parameters", () => {
    expect(labels("[databases]\napp = host=db pool_mode=▮")).toEqual(["session", "transaction", "statement"]);
    expect(taken("[databases]\napp = pool_mode=▮ host=x", "session")).toBe(
      "[databases]\napp = pool_mode=session host=x",
    );
    expect(labels("[users]\nops = pool_mode = s▮")).toContain("statement");
    expect(labels("[databases]\napp = connect_query='select ▮")).toEqual([]);
  });

  test("other sections have other parameters", () => {
    expect(labels("[users]\nops = ▮")).not.toContain("host");
    expect(labels("[peers]\n1 = ▮")).toEqual(["host", "port", "pool_size"]);
  });

  test("the entry for every other database, once", () => {
    expect(labels("[databases]\n▮")[0]).toBe("*");
    expect(labels("[databases]\n* = host=b\n▮")).not.toContain("*");
  });
});

test("Windows line ends, a byte order mark and half a file are no trouble", () => {
  expect(labels("[pgbouncer]\r\npool_mode = ▮\r\n")).toContain("session");
  expect(labels("[pgbouncer]\r\npool_▮\r\nx")).toContain("pool_mode");
  const text =
    "\uFEFF[databases]\r\na = host='b c' port=5\r\n[pgb]\nx = 'y\n; z\n[pgbouncer]\npool_mode = a, b\n=\n%include\n[";
  for (let at = 0; at <= text.length; at++)
    expect(() => labels(`${text.slice(0, at)}▮${text.slice(at)}`)).not.toThrow();
});
