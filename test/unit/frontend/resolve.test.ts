// biome-ignore-all lint/suspicious/noTemplateCurlyInString: `${configDir}` is how a tsconfig writes it.
import { describe, expect, test } from "vitest";
import { defaultSettings } from "../../../server/src/core/settings.ts";
import type { Snapshot } from "../../../server/src/core/snapshot.ts";
import { createResolver } from "../../../server/src/frontends/typescript/resolve.ts";

/** A workspace of configurations (with their text) and sources (without). */
function workspace(configurations: Readonly<Record<string, unknown>>, ...sources: readonly string[]) {
  const texts = new Map(
    Object.entries(configurations).map(([path, content]) => [
      path,
      typeof content === "string" ? content : JSON.stringify(content),
    ]),
  );
  const known = new Set([...texts.keys(), ...sources]);
  const snapshot: Snapshot = {
    version: 1,
    roots: ["/w"],
    sources: new Map(),
    configurations: texts,
    settings: defaultSettings,
    seen: sources.length,
    exists: (path) => known.has(path),
  };
  const resolve = createResolver(snapshot);
  return (from: string, specifier: string) => {
    const resolution = resolve(from, specifier);
    return resolution.kind === "file"
      ? resolution.path
      : resolution.kind === "package"
        ? `package ${resolution.name}`
        : "missing";
  };
}

describe("relative", () => {
  const resolve = workspace(
    {},
    "/w/src/a.ts",
    "/w/src/b.tsx",
    "/w/src/c/index.ts",
    "/w/src/d.js",
    "/w/src/e.mts",
    "/w/src/f.service.ts",
    "/w/src/g.ts",
    "/w/src/g/index.ts",
    "/w/src/h.d.ts",
    "/w/src/i.cjs",
    "/w/data.json",
  );
  test.each([
    ["./a", "/w/src/a.ts"],
    ["./a.js", "/w/src/a.ts"],
    ["./a.ts", "/w/src/a.ts"],
    ["./b", "/w/src/b.tsx"],
    ["./b.js", "/w/src/b.tsx"],
    ["./b.jsx", "/w/src/b.tsx"],
    ["./c", "/w/src/c/index.ts"],
    ["./c/", "/w/src/c/index.ts"],
    ["./c/index.js", "/w/src/c/index.ts"],
    ["./d", "/w/src/d.js"],
    ["./e.mjs", "/w/src/e.mts"],
    ["./f.service", "/w/src/f.service.ts"],
    ["./g", "/w/src/g.ts"],
    ["./g/", "/w/src/g/index.ts"],
    ["./h", "/w/src/h.d.ts"],
    ["./i.cjs", "/w/src/i.cjs"],
    ["../data.json", "/w/data.json"],
    ["./x", "missing"],
    ["./x.vue", "missing"],
    ["", "missing"],
  ])("%s", (specifier, expected) => {
    expect(resolve("/w/src/main.ts", specifier)).toBe(expected);
  });
  test("`.` and `..` are the index of a folder", () => {
    expect(resolve("/w/src/c/x.ts", ".")).toBe("/w/src/c/index.ts");
    expect(resolve("/w/src/c/d/x.ts", "..")).toBe("/w/src/c/index.ts");
  });
});

describe("packages", () => {
  test("what is not in the workspace is named without its subpath", () => {
    const resolve = workspace({ "/w/package.json": { name: "app" } }, "/w/a.ts");
    expect(
      ["pg", "pg/lib/x", "@neondatabase/serverless", "@scope/x/y", "node:fs", "fs/promises"].map((specifier) =>
        resolve("/w/a.ts", specifier),
      ),
    ).toEqual([
      "package pg",
      "package pg",
      "package @neondatabase/serverless",
      "package @scope/x",
      "package node:fs",
      "package fs",
    ]);
  });
});

describe("tsconfig", () => {
  test("`paths` with and without `baseUrl`, the longest pattern first", () => {
    const resolve = workspace(
      {
        "/w/tsconfig.json": {
          compilerOptions: {
            paths: {
              "@/*": ["./src/*"],
              "@/db/*": ["./database/*"],
              config: ["./src/config.ts"],
              "*.gen": ["./gen/*"],
            },
          },
        },
      },
      "/w/src/a.ts",
      "/w/database/pool.ts",
      "/w/src/config.ts",
      "/w/gen/x.ts",
    );
    expect(
      ["@/a", "@/db/pool", "config", "x.gen", "@/nothing", "pg"].map((specifier) =>
        resolve("/w/src/b/c.ts", specifier),
      ),
    ).toEqual(["/w/src/a.ts", "/w/database/pool.ts", "/w/src/config.ts", "/w/gen/x.ts", "missing", "package pg"]);
  });
  test("`baseUrl` alone", () => {
    const resolve = workspace({ "/w/tsconfig.json": { compilerOptions: { baseUrl: "./src" } } }, "/w/src/db/pool.ts");
    expect(resolve("/w/src/a.ts", "db/pool")).toBe("/w/src/db/pool.ts");
  });
  test("`extends`: paths are relative to the file that writes them; several bases; the nearest file decides", () => {
    const resolve = workspace(
      {
        "/w/tsconfig.base.json": { compilerOptions: { baseUrl: ".", paths: { "@libs/*": ["libs/*/src"] } } },
        "/w/apps/api/tsconfig.json": { extends: ["@tsconfig/node20/tsconfig.json", "../../tsconfig.base"] },
        "/w/apps/web/tsconfig.json": {
          extends: "../../tsconfig.base.json",
          compilerOptions: { paths: { "~/*": ["./src/*"] } },
        },
        "/w/apps/own/tsconfig.json": { compilerOptions: { paths: { "@libs/*": ["${configDir}/mine/*"] } } },
      },
      "/w/libs/db/src/index.ts",
      "/w/apps/web/src/x.ts",
      "/w/src/x.ts",
      "/w/apps/own/mine/db.ts",
    );
    expect(resolve("/w/apps/api/main.ts", "@libs/db")).toBe("/w/libs/db/src/index.ts");
    expect(resolve("/w/apps/web/main.ts", "@libs/db")).toBe("package @libs/db");
    expect(resolve("/w/apps/own/main.ts", "@libs/db")).toBe("/w/apps/own/mine/db.ts");
  });
  test("a base from a package of the workspace", () => {
    const resolve = workspace(
      {
        "/w/packages/config/package.json": { name: "@acme/config" },
        "/w/packages/config/base.json": { compilerOptions: { paths: { "#db": ["../db/index.ts"] } } },
        "/w/packages/api/tsconfig.json": { extends: "@acme/config/base.json" },
      },
      "/w/packages/db/index.ts",
    );
    expect(resolve("/w/packages/api/a.ts", "#db")).toBe("/w/packages/db/index.ts");
  });
  test("a solution leads to its projects", () => {
    const resolve = workspace(
      {
        "/w/tsconfig.json": { files: [], references: [{ path: "./tsconfig.app.json" }, { path: "./other" }] },
        "/w/tsconfig.app.json": { compilerOptions: { paths: { "@app/*": ["./src/*"] } } },
      },
      "/w/src/a.ts",
    );
    expect(resolve("/w/src/b.ts", "@app/a")).toBe("/w/src/a.ts");
  });
  test("comments, commas, half a file and a circle are survived", () => {
    const paths = '"paths": { "@/*": ["./src/*"], } /* all */';
    for (const text of [
      `{ // comment\n "compilerOptions": { ${paths} } }`,
      `{ "compilerOptions": { ${paths}, "strict": `,
      `{ "extends": "./tsconfig.json", "compilerOptions": { ${paths} } }`,
    ]) {
      expect(workspace({ "/w/tsconfig.json": text }, "/w/src/a.ts")("/w/b.ts", "@/a"), text).toBe("/w/src/a.ts");
    }
    for (const text of [
      "",
      "{",
      "[]",
      "null",
      '{ "compilerOptions": 1 }',
      '{ "compilerOptions": { "paths": { "@/*": "x" } } }',
    ]) {
      expect(workspace({ "/w/tsconfig.json": text }, "/w/src/a.ts")("/w/b.ts", "./src/a"), text).toBe("/w/src/a.ts");
    }
  });
  test("jsconfig", () => {
    expect(
      workspace({ "/w/jsconfig.json": { compilerOptions: { paths: { "@/*": ["./lib/*"] } } } }, "/w/lib/a.js")(
        "/w/b.js",
        "@/a",
      ),
    ).toBe("/w/lib/a.js");
  });
  test("`@/` and `~/` mean the sources where nothing else is said", () => {
    expect(workspace({ "/w/package.json": {} }, "/w/src/a.ts")("/w/src/b/c.ts", "@/a")).toBe("/w/src/a.ts");
    expect(workspace({ "/w/package.json": {} }, "/w/src/a.ts")("/w/src/b/c.ts", "src/a")).toBe("/w/src/a.ts");
  });
});

describe("packages of the workspace", () => {
  const exported = {
    ".": { types: "./dist/index.d.ts", import: "./dist/index.mjs", require: "./dist/index.cjs" },
    "./client": "./dist/client/index.js",
    "./features/*": { default: "./dist/features/*.js" },
    "./features/private/*": null,
  };
  const resolve = workspace(
    {
      "/w/package.json": { workspaces: ["packages/*"] },
      "/w/packages/db/package.json": {
        name: "@acme/db",
        exports: exported,
        imports: { "#pool": "./src/pool.ts", "#dep/*": { node: "./src/dep/*.ts" }, "#other": "@acme/log" },
      },
      "/w/packages/log/package.json": { name: "@acme/log", main: "dist/index.js", types: "dist/index.d.ts" },
      "/w/packages/flat/package.json": { name: "flat", main: "./lib" },
      "/w/packages/bare/package.json": { name: "bare" },
      "/w/packages/source/package.json": { name: "sourced", source: "code/main.ts", main: "dist/main.js" },
      "/w/packages/api/package.json": { name: "api", dependencies: { linked: "file:../../fixtures/linked" } },
      "/w/fixtures/pg/package.json": { name: "pg", main: "index.js" },
      "/w/fixtures/linked/package.json": { name: "linked" },
    },
    "/w/packages/db/src/index.ts",
    "/w/packages/db/src/client/index.ts",
    "/w/packages/db/src/features/a.ts",
    "/w/packages/db/src/pool.ts",
    "/w/packages/db/src/dep/x.ts",
    "/w/packages/log/src/index.ts",
    "/w/packages/log/src/sub.ts",
    "/w/packages/flat/lib/index.js",
    "/w/packages/flat/lib/query.js",
    "/w/packages/bare/index.ts",
    "/w/packages/source/code/main.ts",
    "/w/fixtures/pg/index.js",
    "/w/fixtures/linked/index.js",
  );
  test.each([
    ["@acme/db", "/w/packages/db/src/index.ts"],
    ["@acme/db/client", "/w/packages/db/src/client/index.ts"],
    ["@acme/db/features/a", "/w/packages/db/src/features/a.ts"],
    ["@acme/db/missing", "package @acme/db"],
    ["@acme/log", "/w/packages/log/src/index.ts"],
    ["@acme/log/sub", "/w/packages/log/src/sub.ts"],
    ["@acme/log/dist/sub.js", "/w/packages/log/src/sub.ts"],
    ["flat", "/w/packages/flat/lib/index.js"],
    ["flat/lib/query", "/w/packages/flat/lib/query.js"],
    ["bare", "/w/packages/bare/index.ts"],
    ["sourced", "/w/packages/source/code/main.ts"],
    ["pg", "package pg"],
    ["linked", "/w/fixtures/linked/index.js"],
  ])("%s", (specifier, expected) => {
    expect(resolve("/w/packages/api/src/main.ts", specifier)).toBe(expected);
  });
  test("`imports` and the package itself", () => {
    const inside = (specifier: string) => resolve("/w/packages/db/src/x/y.ts", specifier);
    expect(["#pool", "#dep/x", "#other", "#nothing", "@acme/db/client"].map(inside)).toEqual([
      "/w/packages/db/src/pool.ts",
      "/w/packages/db/src/dep/x.ts",
      "/w/packages/log/src/index.ts",
      "missing",
      "/w/packages/db/src/client/index.ts",
    ]);
  });
  test("what a build leaves stands for its source", () => {
    expect(resolve("/w/packages/db/test/a.test.js", "../dist/pool.js")).toBe("/w/packages/db/src/pool.ts");
    expect(resolve("/w/packages/db/test/a.test.js", "../dist/nothing.js")).toBe("missing");
  });
  test("members that pnpm lists", () => {
    const configurations = {
      "/w/pnpm-workspace.yaml": "packages:\n  # all\n  - 'packages/**'\n  - \"!**/fixtures/**\"\ncatalog:\n  - x\n",
      "/w/packages/a/b/package.json": { name: "b" },
      "/w/x/package.json": { name: "x" },
    };
    const pnpm = workspace(configurations, "/w/packages/a/b/index.ts", "/w/x/index.ts");
    expect([pnpm("/w/main.ts", "b"), pnpm("/w/main.ts", "x")]).toEqual(["/w/packages/a/b/index.ts", "package x"]);
  });
  test("where nothing declares members every package counts; the nearest of a name", () => {
    const two = workspace(
      { "/w/a/db/package.json": { name: "db" }, "/w/b/db/package.json": { name: "db" } },
      "/w/a/db/index.ts",
      "/w/b/db/index.ts",
    );
    expect(two("/w/b/api/main.ts", "db")).toBe("/w/b/db/index.ts");
  });
});

test("the same question has the same answer, and a changed manifest another", () => {
  const before = workspace({ "/w/db/package.json": { name: "db", main: "a.ts" } }, "/w/db/a.ts", "/w/db/b.ts");
  expect([before("/w/x.ts", "db"), before("/w/x.ts", "db")]).toEqual(["/w/db/a.ts", "/w/db/a.ts"]);
  const after = workspace({ "/w/db/package.json": { name: "db", main: "b.ts" } }, "/w/db/a.ts", "/w/db/b.ts");
  expect(after("/w/x.ts", "db")).toBe("/w/db/b.ts");
});
