import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The share of files that name a driver; in the large repositories that were counted it is 2 to 4 in a hundred. */
const driverShare = 0.035;
/** Files that import the shared `db.ts`. */
export const hubImporters = 300;

/**
 * Writes a tree like a grown application's: packages of components, services, types and tests, and a few files with transactions, through one
 * shared `db.ts`. The same count gives the same tree.
 */
export function writeTree(folder: string, files: number, kind?: "without a database"): void {
  const write = (path: string, text: string): void => {
    const full = join(folder, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  };
  write(
    "package.json",
    JSON.stringify(
      { name: "grown-app", private: true, dependencies: kind === undefined ? { pg: "^8.13.0" } : {} },
      undefined,
      2,
    ),
  );
  write(
    "tsconfig.json",
    JSON.stringify({ compilerOptions: { strict: true, module: "nodenext", target: "es2022", noEmit: true } }),
  );
  if (kind === undefined) writeDatabase(write);
  for (let index = 0; index < files; index++) {
    const area = `src/area${index % Math.max(4, Math.round(files / 60))}`;
    const isDriver = index % Math.round(1 / driverShare) === 0;
    if (isDriver && kind === undefined) write(`${area}/repository${index}.ts`, repository(index));
    else if (index % 3 === 0) write(`${area}/View${index}.tsx`, view(index));
    else if (index % 3 === 1) write(`${area}/service${index}.ts`, service(index));
    else write(`${area}/model${index}.ts`, model(index));
  }
}

function writeDatabase(write: (path: string, text: string) => void): void {
  write(
    "pgbouncer.ini",
    "[databases]\napp = host=127.0.0.1 dbname=app\n\n[pgbouncer]\npool_mode = transaction\nmax_prepared_statements = 200\n",
  );
  write("src/db.ts", hub(0));
}

/** The shared module with the pool; `round` changes what it exports, for edits. */
export const hub = (round: number): string => `import { Pool, type PoolClient } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "grown-app", max: 10 });
pool.on("error", (error) => console.error(error.message));

/** Round ${round}. */
export async function withTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
`;

const repository = (index: number): string => `import { Pool, type PoolClient } from "pg";
import { pool, withTransaction } from "../db.js";

interface Row${index} {
  id: number;
  name: string;
  total: number;
}

export class Repository${index} {
  constructor(private readonly own: Pool = pool) {}

  async find(id: number): Promise<Row${index} | undefined> {
    const { rows } = await this.own.query("select id, name, total from orders where id = $1", [id]);
    return rows[0];
  }

  async store(items: readonly Row${index}[]): Promise<number> {
    return withTransaction(async (client) => {
      let stored = 0;
      for (const item of items) stored += await this.insert(client, item);
      return stored;
    });
  }

  private async insert(client: PoolClient, { id, name, total }: Row${index}): Promise<number> {
    const { rowCount } = await client.query("insert into orders (id, name, total) values ($1, $2, $3)", [id, name, total]);
    return rowCount ?? 0;
  }

  async move(from: number, to: number): Promise<void> {
    const client = await this.own.connect();
    try {
      await client.query("BEGIN");
      await client.query("update orders set total = total - 1 where id = $1", [from]);
      await client.query("update orders set total = total + 1 where id = $1", [to]);
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  }
}
`;

const view = (index: number): string => `import { useMemo, useState } from "react";
import type { Model${index + (2 - (index % 3))} } from "./model${index + (2 - (index % 3))}.js";

interface Properties {
  readonly items: readonly { id: number; name: string; tags: string[] }[];
  readonly onSelect: (id: number) => void;
}

export function View${index}({ items, onSelect }: Properties) {
  const [filter, setFilter] = useState("");
  const shown = useMemo(() => items.filter((item) => item.name.includes(filter) || item.tags.some((tag) => tag === filter)), [items, filter]);
${Array.from({ length: 12 }, (_, line) => `  const label${line} = shown.length > ${line} ? \`\${shown.length} of \${items.length}\` : "none of them";`).join("\n")}
  return (
    <section aria-label="list ${index}">
      <input value={filter} onChange={(event) => setFilter(event.target.value)} />
      <ul>
        {shown.map((item) => (
          <li key={item.id} onClick={() => onSelect(item.id)}>
            {item.name} <small>{item.tags.join(", ")}</small>
          </li>
        ))}
      </ul>
      <footer>{label0} {label3} {label7}</footer>
    </section>
  );
}
`;

const service = (index: number): string => `import { readFile } from "node:fs/promises";
import { EventEmitter } from "node:events";

export interface Request${index} {
  readonly id: string;
  readonly body: Record<string, unknown>;
}

/** Begins and commits nothing: the words stand here as they do in real code. */
export class Service${index} extends EventEmitter {
  private readonly cache = new Map<string, unknown>();

${Array.from(
  { length: 14 },
  (_, method) => `  async handle${method}(request: Request${index}): Promise<unknown> {
    const known = this.cache.get(request.id);
    if (known !== undefined) return known;
    const text = await readFile(\`/tmp/\${request.id}-${method}.json\`, "utf8");
    const value = JSON.parse(text) as Record<string, unknown>;
    for (const [key, entry] of Object.entries(request.body)) value[key] ??= entry;
    this.cache.set(request.id, value);
    this.emit("handled", request.id, ${method});
    return value;
  }
`,
).join("\n")}}
`;

const model = (index: number): string => `export interface Model${index} {
${Array.from({ length: 30 }, (_, field) => `  field${field}: ${field % 2 ? "string" : "number | undefined"};`).join("\n")}
}

export const isModel${index} = (value: unknown): value is Model${index} => typeof value === "object" && value !== null && "field0" in value;

export const keys${index} = [${Array.from({ length: 30 }, (_, field) => `"field${field}"`).join(", ")}] as const;
`;

/** One source of about this many lines, half of it transactions; its last function has a fault, so that an answer can be told from none. */
export function longSource(lines: number): string {
  const parts = [`import { pool } from "./db.js";\n`];
  for (let index = 0, length = 1; length < lines; index++) {
    const part = longPart(index);
    parts.push(part);
    length += part.split("\n").length - 1;
  }
  parts.push(
    "\nexport async function lost() {\n  const client = await pool.connect();\n  await client.query('select 1');\n}\n",
  );
  return parts.join("");
}

const longPart = (index: number): string => `
export async function order${index}(id: number, items: readonly string[]) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    for (const item of items) {
      if (item.length > ${index}) await client.query("insert into items (id, name) values ($1, $2)", [id, item]);
      else await client.query("update items set name = $2 where id = $1", [id, item]);
    }
    const { rows } = await client.query("select * from items where id = $1", [id]);
    await client.query("COMMIT");
    return rows.map((row) => ({ ...row, total: row.price * row.count, label: \`\${row.name} x \${row.count}\` }));
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

function format${index}(value: { name: string; tags: string[] }) {
  const parts: string[] = [];
  for (const tag of value.tags) {
    if (tag.startsWith("x")) continue;
    parts.push(tag.toUpperCase());
  }
  return value.name + ": " + parts.join(", ");
}
`;
