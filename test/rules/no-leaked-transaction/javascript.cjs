const { pool } = require("./db.cjs");

async function cancelOrder(req, res) {
  const client = await pool.connect();
  await client.query('BEGIN'); // want error "`BEGIN` has no COMMIT or ROLLBACK on one path"
  const order = await client.query('select status from orders where id = $1 for update', [req.params.id]);
  if (order.rows[0].status === 'shipped') {
    throw new Error('already shipped');
  }
  await client.query('update orders set status = $2 where id = $1', [req.params.id, 'cancelled']);
  await client.query('COMMIT');
  client.release();
  res.json({ cancelled: true });
}

module.exports = { cancelOrder };
