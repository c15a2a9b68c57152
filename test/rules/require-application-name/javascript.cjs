const { Pool } = require('pg');

const pool = new Pool({ // want hint "`new Pool\(\)` sets no `application_name`"
  host: 'db.internal',
  port: 6432,
  database: 'orders'
});

pool.on('error', (error) => console.error(error.message));

module.exports = { pool };
