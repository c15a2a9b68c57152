import { describe, expect, test } from "vitest";
import { createResolver } from "../../../server/src/frontends/python/resolve.ts";
import { snapshotOf } from "../../snapshot.ts";

/** Where imports lead in a workspace of empty files; texts are those of its configurations. */
function workspace(sources: readonly string[], configurations: Readonly<Record<string, string>> = {}) {
  const files = Object.fromEntries(sources.map((path) => [path, ""]));
  const resolve = createResolver(snapshotOf({ ...files, ...configurations }));
  return (from: string, specifier: string) => {
    const resolution = resolve(`/app/${from}`, specifier);
    if (resolution.kind === "file") return resolution.path.slice("/app/".length);
    return resolution.kind === "package" ? `package ${resolution.name}` : "missing";
  };
}

describe("relative imports", () => {
  const resolve = workspace(["pkg/__init__.py", "pkg/db.py", "pkg/sub/__init__.py", "pkg/sub/a.py", "top.py"]);
  test.each([
    ["pkg/sub/a.py", ".", "pkg/sub/__init__.py"],
    ["pkg/sub/a.py", "..", "pkg/__init__.py"],
    ["pkg/sub/a.py", "..db", "pkg/db.py"],
    ["pkg/sub/__init__.py", ".a", "pkg/sub/a.py"],
    ["pkg/sub/a.py", "...top", "top.py"],
    ["pkg/sub/a.py", ".none", "missing"],
  ])("%s: %s → %s", (from, specifier, to) => expect(resolve(from, specifier)).toBe(to));
});

describe("absolute imports", () => {
  test("start from the folders above that are no packages", () => {
    const resolve = workspace([
      "app/__init__.py",
      "app/db/__init__.py",
      "app/db/redis.py",
      "app/main.py",
      "tests/test_a.py",
    ]);
    expect(resolve("app/db/__init__.py", "app.main")).toBe("app/main.py");
    expect(resolve("tests/test_a.py", "app.db.redis")).toBe("app/db/redis.py");
    // A module of a package is not on the path by its own name.
    expect(resolve("app/db/__init__.py", "redis")).toBe("package redis");
  });
  test("a script finds its neighbours, and not itself", () => {
    const resolve = workspace(["scripts/redis.py", "scripts/common.py"]);
    expect(resolve("scripts/redis.py", "common")).toBe("scripts/common.py");
    expect(resolve("scripts/redis.py", "redis")).toBe("package redis");
  });
  test("packages without `__init__`", () => {
    const resolve = workspace(["shop/orders/db.py", "shop/web.py"]);
    expect(resolve("shop/web.py", "shop.orders.db")).toBe("shop/orders/db.py");
    expect(resolve("shop/web.py", "shop.orders")).toBe("package shop");
  });
  test("`src` layouts, and the nearest of several projects", () => {
    const resolve = workspace([
      "a/src/core/__init__.py",
      "a/src/core/db.py",
      "a/tests/t.py",
      "b/core/db.py",
      "b/main.py",
    ]);
    expect(resolve("a/tests/t.py", "core.db")).toBe("a/src/core/db.py");
    expect(resolve("b/main.py", "core.db")).toBe("b/core/db.py");
  });
  test("roots that the build names", () => {
    const toml = workspace(["lib/shop/db.py", "t.py"], {
      "pyproject.toml": '[tool.setuptools.packages.find]\nwhere = ["lib"]\n',
    });
    expect(toml("t.py", "shop.db")).toBe("lib/shop/db.py");
    const cfg = workspace(["python/shop/db.py", "t.py"], { "setup.cfg": "[options]\npackage_dir =\n    = python\n" });
    expect(cfg("t.py", "shop.db")).toBe("python/shop/db.py");
  });
});
