import { expect, it } from "vitest";
import type { Files } from "../../snapshot.ts";
import { compare } from "./compare.ts";

const steps = Array.from({ length: 30 }, (_, id) => id);

/** Steps that are run through one function, which any step may come back to: every way leads to every other. */
const files: Files = {
  "package.json": `{ "name": "app", "dependencies": { "pg": "^8.0.0" } }`,
  "app.ts": `import { Pool } from "pg";
const pool = new Pool();

async function log(text: string) {
  await pool.query("INSERT INTO logs VALUES ($1)", [text]); //! no-outer-handle-in-transaction
}

const registered: { run?: (id: number) => Promise<void> } = {};

async function runStep(id: number) {
  await registered.run?.call(undefined, id);
}
${steps
  .map(
    (id) => `
async function step${id}(id: number) {
  await log("step ${id}");
  await runStep(id + 1);
}
registered.run = step${id};

export async function begin${id}(id: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("UPDATE steps SET begun = true WHERE id = $1", [id]);
    await step${id}.call(undefined, id);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
`,
  )
  .join("")}`,
};

it("ends where functions in transactions call each other to and fro", async () => {
  const { found, wanted } = await compare(files);
  expect(found).toEqual(wanted);
});

it("ends where a thousand variables hang on each other", async () => {
  const { found, wanted } = await compare({
    "package.json": `{ "name": "app", "dependencies": { "pg": "^8.0.0" } }`,
    "app.ts": `import { Pool } from "pg";
const pool = new Pool();

async function log(text: string) {
  await pool.query("INSERT INTO logs VALUES ($1)", [text]); //! no-outer-handle-in-transaction
}

export async function begin(v0: string) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
${Array.from({ length: 2000 }, (_, id) => `    const v${id + 1} = v${id} || "";`).join("\n")}
    if (v2000) await log(v2000);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
`,
  });
  expect(found).toEqual(wanted);
});
