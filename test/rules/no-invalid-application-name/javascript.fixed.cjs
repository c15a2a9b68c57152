const { randomUUID } = require('node:crypto');
const { Pool } = require('pg');

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: 'orders-api'
});
pool.on('error', (error) => console.error(error.message));

module.exports = pool;
