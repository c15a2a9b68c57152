const { Pool } = require("pg");

let pool;

function getPool() {
  return pool || (pool = open());
}

function open() {
  const created = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
  created.on("error", (error) => console.error(error.message));
  return created;
}

module.exports = {
  getPool,
  query: (text, params) => getPool().query(text, params),
  async close() {
    if (pool) await pool.end();
    pool = undefined;
  },
};
