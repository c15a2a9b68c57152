const { pool } = require('./db.cjs');

/** As the documentation of node-postgres showed it for years. */
function withCallbacks(item, callback) {
  pool.connect((err, client, done) => {
    const shouldAbort = (err) => {
      if (err) {
        console.error('Error in transaction', err.stack);
        client.query('ROLLBACK', (err) => {
          if (err) {
            console.error('Error rolling back client', err.stack);
          }
          done();
        });
      }
      return !!err;
    };
    client.query('BEGIN', (err) => {
      if (shouldAbort(err)) return;
      client.query('INSERT INTO orders (item) VALUES ($1) RETURNING id', [item], (err, res) => {
        if (shouldAbort(err)) return;
        client.query('COMMIT', (err) => {
          if (err) {
            console.error('Error committing transaction', err.stack);
          }
          done();
          callback(null, res.rows[0].id);
        });
      });
    });
  });
}

function withPromises(item) {
  return pool.connect().then((client) =>
    client
      .query('BEGIN')
      .then(() => client.query('INSERT INTO orders (item) VALUES ($1)', [item]))
      .then(() => client.query('COMMIT'))
      .catch((error) => client.query('ROLLBACK').then(() => { throw error; }))
      .finally(() => client.release())
  );
}

async function andAnd(item) {
  let client = null;
  try {
    client = await pool.connect();
    await client.query('BEGIN');
    await client.query('INSERT INTO orders (item) VALUES ($1)', [item]);
    await client.query('COMMIT');
    return true;
  } catch (e) {
    client && (await client.query('ROLLBACK'));
    return false;
  } finally {
    client && client.release();
  }
}

module.exports = { withCallbacks, withPromises, andAnd };
