const { Pool } = require('pg');

const pool = new Pool({
  host: 'db.internal',
  port: 6432,
  database: 'orders',
  application_name: 'orders-api'
});

pool.on('error', (error) => console.error(error.message));

module.exports = { pool };
