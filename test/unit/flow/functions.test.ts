import { describe, expect, it } from "vitest";
import type { Files } from "../../snapshot.ts";
import { compare } from "./compare.ts";

const pg = `import { Pool, type PoolClient } from "pg";\nexport const pool = new Pool();\n`;
const begin = `import type { PoolClient } from "pg";
import { pool } from "./pool.ts";
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
const manifest = `{ "name": "app", "dependencies": { "pg": "^8.0.0" } }`;
const shared: Files = { "pool.ts": pg, "transaction.ts": begin, "package.json": manifest };

const imports = `import type { PoolClient } from "pg";
import { pool } from "./pool.ts";
import { withTransaction } from "./transaction.ts";
`;

const cases: Readonly<Record<string, string>> = {
  "an interface with one implementation": `
interface Mailer { send(to: string): Promise<void> }
class HttpMailer implements Mailer {
  async send(to: string) {
    await fetch("https://mail.example/" + to); //! no-external-await-in-transaction
  }
}
class Orders {
  constructor(private readonly mailer: Mailer) {}
  async place(to: string) {
    await withTransaction(async (client) => {
      await client.query("INSERT INTO orders DEFAULT VALUES");
      await this.mailer.send(to);
    });
  }
}
export const orders = new Orders(new HttpMailer());
`,
  "an interface whose implementation a container makes": `
interface Mailer { send(to: string): Promise<void> }
export class HttpMailer implements Mailer {
  async send(to: string) {
    await fetch("https://mail.example/" + to); //! no-external-await-in-transaction
  }
}
export class Orders {
  constructor(private readonly mailer: Mailer) {}
  async place(to: string) {
    await withTransaction(async (client) => {
      await client.query("INSERT INTO orders DEFAULT VALUES");
      await this.mailer.send(to);
    });
  }
}
`,
  "an interface with two implementations": `
interface Mailer { send(to: string): Promise<void> }
export class HttpMailer implements Mailer {
  async send(to: string) { await fetch("https://mail.example/" + to); }
}
export class NoMailer implements Mailer {
  async send(to: string) { to.trim(); }
}
export class Orders {
  constructor(private readonly mailer: Mailer) {}
  async place(to: string) {
    await withTransaction(async (client) => {
      await client.query("INSERT INTO orders DEFAULT VALUES");
      await this.mailer.send(to);
    });
  }
}
`,
  "an abstract class with one implementation": `
abstract class Mailer { abstract send(to: string): Promise<void> }
export class HttpMailer extends Mailer {
  async send(to: string) {
    await fetch("https://mail.example/" + to); //! no-external-await-in-transaction
  }
}
export class Orders {
  constructor(private readonly mailer: Mailer) {}
  async place(to: string) {
    await withTransaction(async (client) => {
      await client.query("INSERT INTO orders DEFAULT VALUES");
      await this.mailer.send(to);
    });
  }
}
`,
  "injection by a token": `
import { Inject, Injectable } from "@nestjs/common";
interface Mailer { send(to: string): Promise<void> }
@Injectable()
export class HttpMailer implements Mailer {
  async send(to: string) {
    await fetch("https://mail.example/" + to); //! no-external-await-in-transaction
  }
}
@Injectable()
export class Orders {
  constructor(@Inject("MAILER") private readonly mailer: Mailer) {}
  async place(to: string) {
    await withTransaction(async (client) => {
      await client.query("INSERT INTO orders DEFAULT VALUES");
      await this.mailer.send(to);
    });
  }
}
export const providers = [{ provide: "MAILER", useClass: HttpMailer }, Orders];
`,
  "a pool injected by a token": `
import { Inject, Injectable } from "@nestjs/common";
import type { Pool } from "pg";
@Injectable()
export class Orders {
  constructor(@Inject("POOL") private readonly db: Pool) {}
  async place() {
    const client = await this.db.connect();
    try {
      await client.query("BEGIN");
      await this.db.query("INSERT INTO orders DEFAULT VALUES"); //! no-outer-handle-in-transaction
      await client.query("COMMIT");
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  }
}
`,
  "a table of functions": `
async function create(client: PoolClient) { await client.query("INSERT INTO orders DEFAULT VALUES"); }
async function notify(client: PoolClient) {
  await client.query("SELECT 1");
  await fetch("https://mail.example/"); //! no-external-await-in-transaction
}
const handlers = { create, notify };
export async function run(name: "create" | "notify") {
  await withTransaction(async (client) => {
    await handlers[name](client);
  });
}
`,
  "an entry of a table of functions": `
const handlers = {
  create: async (client: PoolClient) => { await client.query("INSERT INTO orders DEFAULT VALUES"); },
  notify: async (client: PoolClient) => {
    await client.query("SELECT 1");
    await pool.query("SELECT 2"); //! no-outer-handle-in-transaction
  },
};
export async function run() {
  await withTransaction(async (client) => {
    await handlers.create(client);
    await handlers.notify(client);
  });
}
`,
  "a Map of functions": `
async function notify(client: PoolClient) {
  await client.query("SELECT 1");
  await fetch("https://mail.example/"); //! no-external-await-in-transaction
}
const handlers = new Map([["notify", notify]]);
export async function run(name: string) {
  await withTransaction(async (client) => {
    await handlers.get(name)?.(client);
  });
}
`,
  "for await over a generator": `
async function* rows(client: PoolClient) {
  for (const id of [1, 2]) {
    yield await client.query("SELECT $1", [id]);
    await fetch("https://rates.example/"); //! no-external-await-in-transaction
  }
}
export async function run() {
  await withTransaction(async (client) => {
    for await (const row of rows(client)) console.log(row);
  });
}
`,
  "for await over a generator that reads another connection": `
async function* rows() {
  const { rows: all } = await pool.query("SELECT 1"); //! no-outer-handle-in-transaction
  yield* all;
}
export async function run() {
  await withTransaction(async (client) => {
    for await (const row of rows()) await client.query("SELECT $1", [row]);
  });
}
`,
  "an event handler is not inside": `
import { EventEmitter } from "node:events";
const emitter = new EventEmitter();
export async function run() {
  await withTransaction(async (client) => {
    emitter.on("done", async () => {
      await fetch("https://mail.example/");
      await pool.query("SELECT 1");
    });
    await client.query("INSERT INTO orders DEFAULT VALUES");
  });
}
`,
  "what a timer calls later is not inside": `
export async function run() {
  await withTransaction(async (client) => {
    setTimeout(async () => {
      await fetch("https://mail.example/");
      await pool.query("SELECT 1");
    }, 10);
    await client.query("INSERT INTO orders DEFAULT VALUES");
  });
}
`,
  overloads: `
function audit(what: string): Promise<void>;
function audit(what: string, client: PoolClient): Promise<void>;
async function audit(what: string, client?: PoolClient): Promise<void> {
  await (client ?? pool).query("INSERT INTO audit VALUES ($1)", [what]); //! no-outer-handle-in-transaction
}
export async function run() {
  await withTransaction(async (client) => {
    await audit("good", client);
    await audit("bad");
  });
}
`,
  "a default parameter": `
async function audit(what: string, client: PoolClient | typeof pool = pool) {
  await client.query("INSERT INTO audit VALUES ($1)", [what]); //! no-outer-handle-in-transaction
}
export async function good() {
  await withTransaction(async (client) => {
    await audit("good", client);
  });
}
export async function bad() {
  await withTransaction(async (client) => {
    await client.query("SELECT 1");
    await audit("bad");
  });
}
`,
  "a default in a destructured parameter": `
async function audit(what: string, { client = pool }: { client?: PoolClient | typeof pool } = {}) {
  await client.query("INSERT INTO audit VALUES ($1)", [what]); //! no-outer-handle-in-transaction
}
export async function good() {
  await withTransaction(async (client) => {
    await audit("good", { client });
  });
}
export async function bad() {
  await withTransaction(async (client) => {
    await client.query("SELECT 1");
    await audit("bad");
  });
}
`,
  "rest parameters": `
async function each(...work: (() => Promise<unknown>)[]) {
  for (const one of work) await one();
}
export async function run() {
  await withTransaction(async (client) => {
    await each(
      () => client.query("SELECT 1"),
      () => fetch("https://mail.example/"), //! no-external-await-in-transaction
    );
  });
}
`,
  "a rest parameter that hands its arguments on": `
const traced = async (client: PoolClient, id: number) => {
  await client.query("SELECT $1", [id]);
  await pool.query("SELECT 1"); //! no-outer-handle-in-transaction
};
const call = async (...args: [PoolClient, number]) => traced(...args);
export async function run() {
  await withTransaction(async (client) => {
    await call(client, 1);
  });
}
`,
  super: `
class Base {
  async save(client: PoolClient) {
    await client.query("SELECT 1");
    await fetch("https://mail.example/"); //! no-external-await-in-transaction
  }
}
class Orders extends Base {
  override async save(client: PoolClient) {
    await super.save(client);
  }
}
export async function run() {
  const orders = new Orders();
  await withTransaction(async (client) => {
    await orders.save(client);
  });
}
`,
  "a template method": `
abstract class Job {
  async run() {
    await withTransaction(async (client) => {
      await this.work(client);
    });
  }
  protected abstract work(client: PoolClient): Promise<void>;
}
export class Mail extends Job {
  protected async work(client: PoolClient) {
    await client.query("SELECT 1");
    await fetch("https://mail.example/"); //! no-external-await-in-transaction
  }
}
`,
  "what a query found decides nothing": `
import { PrismaClient } from "@prisma/client";
const prisma = new PrismaClient();
async function join(id: number) {
  await prisma.$transaction(async (tx) => { //! no-outer-handle-in-transaction
    await tx.member.create({ data: { id } });
  });
}
export async function link(id: number) {
  const member = await prisma.member.findFirst({ where: { id } });
  await prisma.$transaction(async (tx) => {
    await tx.account.create({ data: { id } });
    if (!member) await join(id);
  });
}
`,
  "what a model's query found decides nothing": `
import { Sequelize, DataTypes, Model } from "sequelize";
const sequelize = new Sequelize("postgres://localhost/app");
class User extends Model {}
User.init({ id: DataTypes.INTEGER }, { sequelize });
export async function ensure(id: number) {
  await sequelize.transaction(async (transaction) => {
    const user = await User.findOne({ where: { id }, transaction });
    if (!user) await User.create({ id }); //! no-outer-handle-in-transaction
    const other = await User.findByPk(id, { transaction });
    if (other === null) await User.create({ id }); //! no-outer-handle-in-transaction
  });
}
`,
  "a callback of knex that returns nothing": `
import knex from "knex";
const db = knex({ client: "pg" });
export function forgotten() {
  return db.transaction((trx) => { //! no-leaked-transaction
    db("orders").transacting(trx).insert({ id: 1 }).then(() => undefined);
  });
}
export function returned() {
  return db.transaction((trx) => db("orders").transacting(trx).insert({ id: 1 }));
}
export function awaited() {
  return db.transaction(async (trx) => {
    await trx("orders").insert({ id: 1 });
  });
}
export function ended() {
  return db.transaction((trx) => {
    trx("orders").insert({ id: 1 }).then(trx.commit).catch(trx.rollback);
  });
}
export function handedOn(work: (trx: unknown) => void) {
  return db.transaction((trx) => {
    work(trx);
  });
}
`,
  "a model that a container injects": `
import { InjectModel } from "@nestjs/sequelize";
import { Model, Sequelize, Table } from "sequelize-typescript";
@Table
export class User extends Model {}
export const sequelize = new Sequelize(process.env.DATABASE_URL ?? "", { dialect: "postgres", models: [User] });
export class Users {
  constructor(
    @InjectModel(User) private readonly users: typeof User,
    private readonly database: Sequelize,
  ) {}
  async create() {
    await this.database.transaction(async (transaction) => {
      await this.users.create({ name: "a" }, { transaction });
      await this.users.create({ name: "b" }); //! no-outer-handle-in-transaction
    });
  }
}
`,
  "models beside a read replica": `
import { DataTypes, Model, Sequelize } from "sequelize";
const sequelize = new Sequelize(process.env.DATABASE_URL ?? "", { dialect: "postgres" });
export const replica = new Sequelize(process.env.DATABASE_URL_READ_ONLY ?? "", { dialect: "postgres" });
class User extends Model {}
User.init({ id: DataTypes.INTEGER }, { sequelize });
export async function run() {
  await sequelize.transaction(async (transaction) => {
    await User.create({ id: 1 }, { transaction });
    await User.create({ id: 2 }); //! no-outer-handle-in-transaction
  });
}
export async function read() {
  await replica.transaction(async (transaction) => {
    await replica.query("SELECT 1", { transaction });
    await User.create({ id: 2 });
  });
}
`,
  "then chains": `
export function run() {
  return withTransaction((client) =>
    client
      .query("SELECT 1")
      .then(() => fetch("https://mail.example/")) //! no-external-await-in-transaction
      .then(() => undefined),
  );
}
`,
};

describe("what a transaction leads to", () => {
  it.each(Object.entries(cases))("%s", async (_, text) => {
    const { found, wanted } = await compare({ ...shared, "app.ts": imports + text });
    expect(found).toEqual(wanted);
  });
});
