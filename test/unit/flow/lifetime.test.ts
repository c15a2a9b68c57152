import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";

const service = `import { Pool } from "pg";
export class Service extends Pool {
  async onModuleDestroy() {
    await this.end();
  }
}
`;

const own = `import { Pool } from "pg";
export class Database {
  private readonly pool: Pool;
  constructor() {
    this.pool = new Pool({ max: 20 });
  }
  find(id: number) {
    return this.pool.query("SELECT $1", [id]);
  }
  async close() {
    await this.pool.end();
  }
}
`;

const imports = `import { Service } from "./service.ts";\nimport { Database } from "./database.ts";\n`;

const cases: Readonly<Record<string, string>> = {
  "functions that each make a service for themselves": `
export async function load() {
  const service = new Service(); //! no-pool-per-request
  return await service.query("SELECT 1");
}
export async function isDone() {
  const service = new Service();
  const { rows } = await service.query("SELECT 2");
  return rows.length > 0;
}
`,
  "functions that each make an object with a pool of its own": `
export async function load(id: number) {
  const database = new Database();
  const { rows } = await database.find(id);
  return rows;
}
`,
  "functions that end what they make": `
export async function load() {
  const service = new Service();
  const rows = await service.query("SELECT 1");
  await service.end();
  return rows;
}
export async function isDone() {
  const service = new Service();
  try {
    return await service.query("SELECT 1");
  } finally {
    await service.onModuleDestroy();
  }
}
`,
  "one that is shared": `
let shared: Service | undefined;
function instance() {
  shared ??= new Service();
  return shared;
}
export const load = async () => instance().query("SELECT 1");
export const isDone = async () => instance().query("SELECT 2");
`,
  "functions that hand out what they make": `
export function first() {
  const service = new Service();
  return service;
}
export function second() {
  return { service: new Service() };
}
`,
  programs: `
export async function main() {
  const service = new Service();
  await service.query("SELECT 1");
}
export async function seed() {
  const service = new Service();
  await service.query("SELECT 1");
}
`,
  "an object with a pool of its own, made by a request": `
export async function handler(req: { id: number }, res: { json(value: unknown): void }) {
  const database = new Database();
  res.json(await database.find(req.id));
}
`,
};

describe("pools of classes", () => {
  it.each(Object.entries(cases))("%s", async (_, text) => {
    const { found, wanted } = await compare({ "service.ts": service, "database.ts": own, "app.ts": imports + text });
    expect(found).toEqual(wanted);
  });
});
