const { pool } = require("./db.cjs");

async function cancelOrder(req, res) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const order = await client.query('select status from orders where id = $1 for update', [req.params.id]);
    if (order.rows[0].status === 'shipped') {
      throw new Error('already shipped');
    }
    await client.query('update orders set status = $2 where id = $1', [req.params.id, 'cancelled']);
    await client.query('COMMIT');
    res.json({ cancelled: true });
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

module.exports = { cancelOrder };
