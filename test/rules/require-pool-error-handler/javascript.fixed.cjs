const { Pool } = require('pg');

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  application_name: 'orders-api'
});
pool.on('error', (error) => {
  console.error('idle database connection lost', error);
});

module.exports = {
  query: (text, params) => pool.query(text, params)
};
