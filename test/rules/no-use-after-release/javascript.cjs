const { pool } = require("./db.cjs");

async function report(req, res) {
  const client = await pool.connect();
  try {
    const orders = await client.query('select * from orders');
    client.release();
    res.json(orders.rows);
  } catch (error) {
    res.status(500).end();
  } finally {
    client.release(); // want error "`client` is released a second time"
  }
}

module.exports = { report };
