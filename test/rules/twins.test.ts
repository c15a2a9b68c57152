import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createAnalyzer } from "../../server/src/analyze.ts";
import { type Files, snapshotOf } from "../snapshot.ts";

/**
 * The same transaction, right for each library, and then with one piece taken away: the right one has no finding, each twin has exactly
 * the finding of what is missing.
 */
interface Library {
  readonly name: string;
  readonly files: readonly string[];
  readonly imports: string;
  readonly connect: string;
  readonly begin: string;
  readonly work: string;
  readonly commit: string;
  readonly rollback: string;
  /** Absent where the end of the transaction gives the connection back. */
  readonly release?: string;
}

const libraries: readonly Library[] = [
  {
    name: "pg",
    files: ["db.ts"],
    imports: 'import { pool } from "./db.ts";',
    connect: "const client = await pool.connect();",
    begin: 'await client.query("BEGIN");',
    work: 'await client.query("insert into orders (item) values ($1)", [item]);',
    commit: 'await client.query("COMMIT");',
    rollback: 'await client.query("ROLLBACK");',
    release: "client.release();",
  },
  {
    name: "postgres.js",
    files: ["sql-db.ts"],
    imports: 'import { sql } from "./sql-db.ts";',
    connect: "const reserved = await sql.reserve();",
    begin: "await reserved`BEGIN`;",
    work: "await reserved`insert into orders (item) values (${item})`;",
    commit: "await reserved`COMMIT`;",
    rollback: "await reserved`ROLLBACK`;",
    release: "reserved.release();",
  },
  {
    name: "pg-promise",
    files: ["pgp-db.ts"],
    imports: 'import { db } from "./pgp-db.ts";',
    connect: "const connection = await db.connect();",
    begin: 'await connection.none("BEGIN");',
    work: 'await connection.none("insert into orders (item) values ($1)", [item]);',
    commit: 'await connection.none("COMMIT");',
    rollback: 'await connection.none("ROLLBACK");',
    release: "connection.done();",
  },
  {
    name: "typeorm",
    files: ["typeorm-db.ts"],
    imports: 'import { dataSource } from "./typeorm-db.ts";',
    connect: "const runner = dataSource.createQueryRunner();",
    begin: "await runner.startTransaction();",
    work: 'await runner.query("insert into orders (item) values ($1)", [item]);',
    commit: "await runner.commitTransaction();",
    rollback: "await runner.rollbackTransaction();",
    release: "await runner.release();",
  },
  {
    name: "knex",
    files: ["knex-db.ts"],
    imports: 'import { knex } from "./knex-db.ts";',
    connect: "",
    begin: "const trx = await knex.transaction();",
    work: 'await trx("orders").insert({ item });',
    commit: "await trx.commit();",
    rollback: "await trx.rollback();",
  },
  {
    name: "sequelize",
    files: ["sequelize-db.ts"],
    imports: 'import { sequelize } from "./sequelize-db.ts";',
    connect: "",
    begin: "const t = await sequelize.transaction();",
    work: 'await sequelize.query("insert into orders (item) values ($1)", { bind: [item], transaction: t });',
    commit: "await t.commit();",
    rollback: "await t.rollback();",
  },
  {
    name: "kysely",
    files: ["kysely-db.ts", "db.ts"],
    imports: 'import { db } from "./kysely-db.ts";',
    connect: "",
    begin: "const trx = await db.startTransaction().execute();",
    work: 'await trx.insertInto("orders").values({ item }).execute();',
    commit: "await trx.commit().execute();",
    rollback: "await trx.rollback().execute();",
  },
  {
    name: "mikro-orm",
    files: ["mikro-db.ts"],
    imports: 'import { orm } from "./mikro-db.ts";',
    connect: "const em = orm.em.fork();",
    begin: "await em.begin();",
    work: 'await em.execute("insert into orders (item) values (?)", [item]);',
    commit: "await em.commit();",
    rollback: "await em.rollback();",
  },
];

type Piece = "rollback" | "release" | "commit";

/** A handle that is declared by its begin stands in front of the try. */
function source(library: Library, without: readonly Piece[] = []): string {
  const piece = (name: Piece): string => (without.includes(name) ? "" : (library[name] ?? ""));
  const isDeclared = library.begin.startsWith("const");
  return `${library.imports}

export async function place(item: string) {
  ${library.connect}
  ${isDeclared ? library.begin : ""}
  try {
    ${isDeclared ? "" : library.begin}
    ${library.work}
    ${piece("commit")}
  } catch (error) {
    ${piece("rollback")}
    throw error;
  } finally {
    ${piece("release")}
  }
}
`;
}

const support = (name: string): string => readFileSync(new URL(`./_support/${name}`, import.meta.url), "utf8");

async function rulesFor(library: Library, text: string): Promise<readonly string[]> {
  const manifest = JSON.stringify({ name: "orders-api" });
  const files: Files = { "package.json": manifest, "src/orders.ts": text, ...Object.fromEntries(library.files.map((name) => [`src/${name}`, support(name)])) };
  const { findings, crashes } = await createAnalyzer().analyze(snapshotOf(files));
  expect(crashes).toEqual([]);
  return findings.map(({ rule }) => rule);
}

describe.each(libraries)("$name", (library) => {
  it("is silent where nothing is missing", async () => {
    expect(await rulesFor(library, source(library))).toEqual([]);
  });

  it("tells of a missing ROLLBACK", async () => {
    const expected = library.release ? "no-release-in-transaction" : "no-leaked-transaction";
    expect(await rulesFor(library, source(library, ["rollback"]))).toEqual([expected]);
  });

  // The others have nothing to release.
  if (library.release) {
    it("tells of a missing release", async () => {
      expect(await rulesFor(library, source(library, ["release"]))).toEqual(["no-leaked-client"]);
    });
  }

  it("tells of a missing COMMIT", async () => {
    const expected = library.release ? "no-release-in-transaction" : "no-leaked-transaction";
    expect(await rulesFor(library, source(library, ["commit"]))).toEqual([expected]);
  });

  it("tells once of a missing ROLLBACK and release", async () => {
    expect(await rulesFor(library, source(library, ["rollback", "release"]))).toEqual(["no-leaked-transaction"]);
  });

  it("is silent once the handle is in unknown hands", async () => {
    const handle = /(?:await )?(\w+)/.exec(library.commit)![1]!;
    const text = `${library.imports}\n\nexport async function place(item: string, work: (handle: unknown) => Promise<void>) {\n  ${library.connect}\n  ${library.begin}\n  await work(${handle});\n}\n`;
    expect(await rulesFor(library, text)).toEqual([]);
  });
});
