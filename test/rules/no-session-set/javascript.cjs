const { pool } = require("./db.cjs");

async function useTenant(tenant) {
  await pool.query(`SET search_path TO "${tenant}"`); // want error "`SET search_path` stays on"
}

async function inTransaction(tenant) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(`SET search_path TO "${tenant}"`); // want error "`SET search_path` outlives its transaction"
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

module.exports = { useTenant, inTransaction };
