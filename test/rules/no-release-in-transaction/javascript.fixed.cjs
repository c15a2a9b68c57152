const { pool } = require("./db.cjs");

async function addMember(team, user) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('insert into members (team, "user") values ($1, $2)', [team, user]);
    await client.query('update teams set size = size + 1 where id = $1', [team]);
    await client.query('COMMIT');
  } catch (error) {
    console.error('could not add member', error);
    await client.query('ROLLBACK');
    client.release();
    throw error;
  }
  client.release();
}

module.exports = { addMember };
