const { pool } = require("./db.cjs");

async function deposit(account, amount) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('update accounts set balance = balance + $2 where id = $1', [account, amount]);
    await client.query('insert into movements (account, amount) values ($1, $2)', [account, amount]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

module.exports = { deposit };

async function balanceAfter(account, amount) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('update accounts set balance = balance + $2 where id = $1', [account, amount]);
    await client.query('COMMIT');
    return await client.query('select balance from accounts where id = $1', [account]);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

exports.balanceAfter = balanceAfter;
