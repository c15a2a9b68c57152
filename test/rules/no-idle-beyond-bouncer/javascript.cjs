const { Pool } = require('pg');

const pool = new Pool({ // want warning "`new Pool\(\)` by default keeps idle connections for 10 s, PgBouncer closes them after 5 s"
  connectionString: process.env.DATABASE_URL,
  application_name: 'orders-api'
});
pool.on('error', (error) => console.error(error.message));

module.exports = pool;
