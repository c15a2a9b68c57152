const { Pool } = require('pg');

const pool = new Pool({ // want warning "no `error` listener"
  connectionString: process.env.DATABASE_URL,
  application_name: 'orders-api'
});

module.exports = {
  query: (text, params) => pool.query(text, params)
};
