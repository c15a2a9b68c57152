const { pool } = require("./db.cjs");

async function deposit(account, amount) {
  await pool.query('BEGIN'); // want error "`BEGIN` goes through `pool.query`"
  await pool.query('update accounts set balance = balance + $2 where id = $1', [account, amount]);
  await pool.query('insert into movements (account, amount) values ($1, $2)', [account, amount]);
  await pool.query('COMMIT');
}

module.exports = { deposit };

async function balanceAfter(account, amount) {
  await pool.query('BEGIN'); // want error "`BEGIN` goes through `pool.query`"
  await pool.query('update accounts set balance = balance + $2 where id = $1', [account, amount]);
  await pool.query('COMMIT');
  return pool.query('select balance from accounts where id = $1', [account]);
}

exports.balanceAfter = balanceAfter;
