const axios = require("axios");
const { pool } = require("./db.cjs");

async function register(user) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('insert into users (email) values ($1) returning id', [user.email]);
    await client.query('COMMIT');
    await axios.post('https://crm.internal/users', { id: rows[0].id });
    return rows[0].id;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

module.exports = { register };
