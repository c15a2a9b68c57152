const { pool } = require("./db.cjs");

async function stock(item) {
  await pool.query("update stock set count = count - 1 where item = $1", [item]); // want error "`pool.query\(\)` runs on a second connection"
}

exports.placeOrder = async (item) => {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("insert into orders (item) values ($1)", [item]);
    await stock(item);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
};
