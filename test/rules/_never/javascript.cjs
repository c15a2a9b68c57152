const { pool } = require("./db.cjs");

exports.withTransaction = async (work) => {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    try {
      await client.query("ROLLBACK");
    } catch (rollbackError) {
      console.error("rollback failed", rollbackError);
    }
    throw error;
  } finally {
    client.release();
  }
};

exports.stream = (response) => {
  pool.connect().then((client) => {
    client
      .query("select * from orders")
      .then(({ rows }) => response.json(rows))
      .finally(() => client.release());
  });
};
