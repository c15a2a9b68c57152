const { Pool } = require('pg');

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: 'orders-api',
  idleTimeoutMillis: 0 // want information "`idleTimeoutMillis: 0` keeps idle connections" want no-idle-beyond-bouncer hint "`idleTimeoutMillis: 0` keeps idle connections for ever"
});

pool.on('error', (error) => console.error(error.message));

module.exports = pool;
