const { pool } = require("./db.cjs");

exports.listOrders = async (req, res) => {
  const client = await pool.connect();
  try {
    const result = await client.query('select * from orders where customer = $1', [req.params.customer]);
    if (result.rowCount === 0) {
      res.status(404).end();
      return;
    }
    res.json(result.rows);
  } finally {
    client.release();
  }
};
