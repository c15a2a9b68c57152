// The folders that the suites open, as data: written anew for each run, before the window opens.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const db = `import { Pool } from "pg";

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: "shop",
  max: 10,
});
`;

const orders = `import { pool } from "./db";

export interface Order {
  id: number;
  receipt: string;
}

export async function charge(order: Order): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("UPDATE orders SET state = 'charged' WHERE id = $1", [order.id]);
    await fetch(order.receipt, { method: "POST" });
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}
`;

const stock = `import { pool } from "./db";

export async function move(item: number, amount: number): Promise<void> {
  await pool.query("BEGIN");
  await pool.query("UPDATE stock SET left = left - $2 WHERE item = $1", [item, amount]);
  await pool.query("COMMIT");
}
`;

const reports = `import knex from "knex";

export const db = knex({
  client: "pg",
  connection: process.env.REPORTS_URL,
  pool: { min: 2, max: 10 },
});
`;

const tenant = `import { pool } from "./db";

export async function enter(tenant: string): Promise<void> {
  await pool.query("SET app.tenant = 'shop'");
  await pool.query("UPDATE visits SET tenant = $1", [tenant]);
}

export async function follow(): Promise<void> {
  await pool.query("LISTEN orders");
}
`;

const prepared = `import { pool } from "./db";

export async function find(id: number): Promise<unknown> {
  return pool.query({ name: "find", text: "SELECT * FROM orders WHERE id = $1", values: [id] });
}
`;

const ini = `[databases]
shop = host=127.0.0.1 port=5432

[pgbouncer]
listen_port = 6432
pool_mode = transaction
default_pool_size = 20
`;

const engine = `from os import environ

from sqlalchemy import create_engine

url = environ["DATABASE_URL"]
engine = create_engine(url, pool_size=5)
`;

/** An import that nobody uses, for whoever looks for those, and imports out of order. */
const session = `from sqlalchemy.orm import sessionmaker
from sqlalchemy import create_engine
from decimal import Decimal

engine = create_engine("postgresql+psycopg2://app@127.0.0.1:6432/shop?application_name=shop")
Session = sessionmaker(engine)
`;

const pythonPool = `from contextlib import contextmanager

from psycopg_pool import ConnectionPool

pool = ConnectionPool("postgresql://app@127.0.0.1:6432/shop?application_name=shop", open=True, min_size=0, max_size=4)


@contextmanager
def transaction():
    with pool.connection() as connection:
        with connection.transaction():
            yield connection
`;

const pythonCharge = `import requests

from .pool import transaction


def charge(order):
    with transaction() as connection:
        connection.execute("UPDATE orders SET state = 'charged' WHERE id = %s", (order,))
        requests.post("https://pay.example/charges", timeout=10)
`;

/** Short enough for one picture. */
const pictured = orders
  .replace(/export interface[^}]*}\n\n/, "")
  .replace("order: Order", "order: { id: number; receipt: string }");

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The fixtures have no node_modules: what TypeScript says of their imports is not the matter here. */
const settings = json({
  "editor.minimap.enabled": false,
  // In the browser the default is to save a second later.
  "files.autoSave": "off",
  "javascript.validate.enable": false,
  "typescript.validate.enable": false,
});

/** One file a test changes, so that no test waits for another's clean-up. */
const workspaces = {
  shop: {
    ".vscode/settings.json": settings,
    "package.json": json({ name: "shop", private: true, dependencies: { pg: "^8.0.0", knex: "^3.0.0" } }),
    "pgbouncer.ini": ini,
    "src/db.ts": db,
    "src/orders.ts": orders,
    "src/stock.ts": stock,
    "src/reports.ts": reports,
    "src/tenant.ts": tenant,
    "src/prepared.ts": prepared,
    "src/audit.ts": db.replace("shop", "audit"),
    "src/saved.ts": db.replace("shop", "saved"),
    "src/quiet.ts": db.replace("shop", "quiet"),
    "src/names.ts": reports.replace("{ min: 2, max: 10 }", "{ min: 0, max: 10 }"),
    "src/ledger.ts": stock.replace("stock", "ledger"),
    "src/journal.ts": stock.replace("./db", "./journal-db"),
    "src/journal-db.ts": db.replace("shop", "journal"),
    "src/snippet.ts": "",
    "src/typed.ts": "",
    "src/snippet.js": "",
    "src/snippet.py": "",
    "snippet.ini": "",
  },
  python: {
    ".vscode/settings.json": settings,
    "requirements.txt": "sqlalchemy==2.0.36\npsycopg2-binary==2.9.9\npsycopg[pool]==3.2.3\nrequests==2.32.3\n",
    "pgbouncer.ini": ini,
    "shop/__init__.py": "",
    "shop/engine.py": engine,
    "shop/silenced.py": engine,
    "shop/saved.py": engine,
    "shop/broken.py": engine,
    "shop/session.py": session,
    "shop/sorted.py": session,
    "shop/pool.py": pythonPool,
    "shop/charge.py": pythonCharge,
    "shop/typed.py": "",
    "shop/snippets.py": "",
  },
  picture: {
    ".vscode/settings.json": json({ ...JSON.parse(settings), "editor.hover.above": false }),
    "package.json": json({ name: "shop", private: true, dependencies: { pg: "^8.0.0", knex: "^3.0.0" } }),
    "pgbouncer.ini": ini,
    "src/db.ts": `${db}pool.on("error", (error) => console.error("idle client lost", error));\n`,
    "src/orders.ts": pictured,
    "src/reports.ts": reports,
  },
  quiet: {
    ".vscode/settings.json": settings,
    "README.md": "# Site\n",
    "src/site.ts": `import express from "express";\n\nexport const app = express();\n// A pool of words: BEGIN, COMMIT, Pool.\n`,
  },
};

/** Writes a workspace into `folder`. */
export async function writeWorkspace(name, folder) {
  for (const [path, text] of Object.entries(workspaces[name])) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
