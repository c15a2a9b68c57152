import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";

const database = `import { Sequelize } from "sequelize";
export const sequelize = new Sequelize("postgres://localhost/app");
`;

const middleware = (body: string): string => `import { sequelize } from "./database.js";
export async function begin(req, res, next) {
  req.transaction = await sequelize.transaction(); //! no-leaked-transaction
  next();
}
export async function check(req, res, next) {
${body}
}
export async function save(req, res) {
  await sequelize.query("INSERT INTO orders DEFAULT VALUES", { transaction: req.transaction });
  await req.transaction.commit();
  res.json({});
}
`;

const kept = (text: string): string => text.replace(" //! no-leaked-transaction", "");

const cases: Readonly<Record<string, string>> = {
  "a middleware in between answers":
    middleware(`  const balance = await sequelize.query("SELECT 1", { transaction: req.transaction });
  if (balance === 0) return res.status(402).json({ error: "no money" });
  next();`),
  "a middleware in between answers when something fails": middleware(`  try {
    await sequelize.query("SELECT 1", { transaction: req.transaction });
    next();
  } catch (error) {
    res.status(500).json({ error: error.message });
  }`),
  "what answers rolls back": kept(
    middleware(`  const balance = await sequelize.query("SELECT 1", { transaction: req.transaction });
  if (balance === 0) {
    await req.transaction.rollback();
    return res.status(402).json({ error: "no money" });
  }
  next();`),
  ),
  "what answers hands the request to a helper": kept(
    middleware(`  const balance = await sequelize.query("SELECT 1", { transaction: req.transaction });
  if (balance === 0) {
    await abort(req);
    return res.status(402).json({ error: "no money" });
  }
  next();`),
  ),
  "failures go on to the next": kept(
    middleware(`  try {
    await sequelize.query("SELECT 1", { transaction: req.transaction });
    next();
  } catch (error) {
    next(error);
  }`),
  ),
  "the end of the response is watched": kept(
    middleware(`  res.on("finish", () => req.transaction.rollback());
  const balance = await sequelize.query("SELECT 1", { transaction: req.transaction });
  if (balance === 0) return res.status(402).json({ error: "no money" });
  next();`),
  ),
};

describe("a transaction on the request", () => {
  it.each(Object.entries(cases))("%s", async (_, text) => {
    const { found, wanted } = await compare({ "database.js": database, "app.js": text });
    expect(found).toEqual(wanted);
  });
});
