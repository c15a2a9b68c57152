import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../../server/src/analyze.ts";
import { OwnWords } from "../../server/src/selection/own-words.ts";
import { type Files, root, snapshotOf } from "../snapshot.ts";

/** The sources that are parsed, by path. */
async function chosen(files: Files, analyzer = createAnalyzer()): Promise<readonly string[]> {
  const { facts, crashes } = await analyzer.analyze(snapshotOf(files));
  expect(crashes).toEqual([]);
  const paths = [...facts.keys()].map((path) => path.slice(root.length + 1));
  return paths.filter((path) => path.endsWith(".js")).sort();
}

const database = `import { PrismaClient } from "@prisma/client";
export const prisma = new PrismaClient();
export async function inTransaction(work) {
  return prisma.$transaction((tx) => work(tx));
}
`;
const rows = `import { prisma } from "./database.js";
export const users = () => prisma.user.findMany({ where: { active: true } });
`;

describe("files that are worth a parse", () => {
  it("are not those that only read and write rows", async () => {
    expect(await chosen({ "database.js": database, "users.js": rows })).toEqual(["database.js"]);
  });

  it.each([
    ["a deed of the library", "prisma.$transaction([]);"],
    ["a text that is put together", "prisma.$executeRawUnsafe(text);"],
    ["SQL that changes the session", "prisma.$executeRaw`SET search_path TO tenant`;"],
    ["a transaction that is handed over", "save(prisma, { tx: undefined });"],
    ["a comment for this tool", "// bouncer-safe-disable-file"],
  ])("are those with %s", async (_, code) => {
    const files = { "database.js": database, "users.js": `${rows}${code}\n` };
    expect(await chosen(files)).toEqual(["database.js", "users.js"]);
  });

  it("are not those where a comment names a deed", async () => {
    const files = { "database.js": database, "users.js": `${rows}// prisma.$transaction([])\n` };
    expect(await chosen(files)).toEqual(["database.js"]);
  });

  it.each([
    ["imported by name", `import { inTransaction } from "./database.js";\ninTransaction(() => fetch("/"));\n`],
    ["of a whole module", `import * as all from "./database.js";\nall.inTransaction(() => fetch("/"));\n`],
    ["required", `const { inTransaction } = require("./database.js");\ninTransaction(() => fetch("/"));\n`],
  ])("are those that use the project's own function around one, %s", async (_, text) => {
    expect(await chosen({ "database.js": database, "orders.js": text, "users.js": rows })).toEqual([
      "database.js",
      "orders.js",
    ]);
  });

  it("are those that know such a function by another name", async () => {
    const files = {
      "database.js": database,
      "barrel.js": `export { inTransaction as atOnce } from "./database.js";\n`,
      "default.js": `import { prisma } from "./database.js";\nexport default (work) => prisma.$transaction(work);\n`,
      "a.js": `import { atOnce } from "./barrel.js";\natOnce(() => fetch("/"));\n`,
      "b.js": `import whatever from "./default.js";\nwhatever(() => fetch("/"));\n`,
      "c.js": rows,
    };
    expect(await chosen(files)).toEqual(["a.js", "b.js", "barrel.js", "database.js", "default.js"]);
  });

  it("are what those import, and what extends or implements theirs", async () => {
    const files = {
      "database.js": `import { label } from "./label.js";\n${database}export class Mailer { send() { return label; } }\n`,
      "label.js": `export const label = "a";\n`,
      "fetching.js": `import { Mailer } from "./database.js";\nexport class Fetching extends Mailer { send() { return fetch("/"); } }\n`,
      "users.js": rows,
    };
    expect(await chosen(files)).toEqual(["database.js", "fetching.js", "label.js"]);
  });

  it("are chosen by the texts as they are, whatever they were", async () => {
    const analyzer = createAnalyzer();
    const plain = { "database.js": database, "users.js": rows };
    const deed = { ...plain, "users.js": `${rows}prisma.$transaction([]);\n` };
    const wrapper = {
      ...plain,
      "database.js": `${database}export const users = (work) => prisma.$transaction(work);\n`,
      "orders.js": `import { users } from "./database.js";\nusers(() => fetch("/"));\n`,
    };
    for (const files of [plain, deed, plain, wrapper, plain])
      expect(await chosen(files, analyzer)).toEqual(await chosen(files));
    expect(await chosen(wrapper)).toEqual(["database.js", "orders.js"]);
  });

  it("say the same words each time they are read", () => {
    const own = new OwnWords(() => () => false);
    const read = (): ReadonlySet<string> => {
      own.said = new Set();
      own.addCalling("guarded", 0);
      return own.said;
    };
    const first = read();
    expect(read()).toEqual(first);
  });

  it.each([
    ["opens a pool", `import { PrismaClient } from "@prisma/client";\nnew PrismaClient();\n`],
    ["sends what changes the session", `${rows}prisma.$executeRaw\`SET search_path TO tenant\`;\n`],
    ["sends a transaction's begin", `${rows}prisma.$executeRawUnsafe("BEGIN");\n`],
    ["has a comment for this tool", `${rows}// bouncer-safe-disable-file\n`],
  ])("are the tests of which one %s", async (_, text) => {
    expect(await chosen({ "database.js": database, "users.test.js": text })).toEqual(["database.js", "users.test.js"]);
  });

  it.each([
    ["by its name", "users.test.js", ""],
    ["by its folder", "__tests__/users.js", ""],
    ["by what it imports", "users.js", `import { it } from "node:test";\n`],
  ])("are not a test, %s, for a library's deeds and the project's own functions", async (_, path, head) => {
    const from = path.includes("/") ? "../database.js" : "./database.js";
    const deeds = `${head}import { inTransaction, prisma } from "${from}";\nprisma.$transaction([]);\ninTransaction(() => fetch("/"));\n`;
    expect(await chosen({ "database.js": database, [path]: deeds })).toEqual(["database.js"]);
    const application = deeds.replace(head, "").replace(from, "./database.js");
    expect(await chosen({ "database.js": database, "orders.js": application })).toEqual(["database.js", "orders.js"]);
  });

  it("are what a test that is chosen imports", async () => {
    const files = {
      "database.js": database,
      "orders.js": rows,
      "orders.test.js": `import { PrismaClient } from "@prisma/client";\nimport "./orders.js";\nnew PrismaClient();\n`,
    };
    expect(await chosen(files)).toEqual(["database.js", "orders.js", "orders.test.js"]);
  });

  it("are what a pooler for single statements breaks", async () => {
    const users = `import { prisma } from "./database.js";\nexport const touch = () => prisma.user.upsert({});\n`;
    const ini = (mode: string): string => `[databases]\napp = host=127.0.0.1\n[pgbouncer]\npool_mode = ${mode}\n`;
    const files = { "database.js": database, "users.js": users };
    expect(await chosen({ ...files, "pgbouncer.ini": ini("transaction") })).toEqual(["database.js"]);
    expect(await chosen({ ...files, "pgbouncer.ini": ini("statement") })).toEqual(["database.js", "users.js"]);
  });
});
