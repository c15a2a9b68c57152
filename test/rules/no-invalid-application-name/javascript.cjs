const { randomUUID } = require('node:crypto');
const { Pool } = require('pg');

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: 'orders-' + randomUUID() // want warning "`randomUUID\(\)` makes `application_name` another one in every process"
});
pool.on('error', (error) => console.error(error.message));

module.exports = pool;
