const express = require('express');
const { Pool } = require('pg');

const app = express();

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: 'orders-api' });
pool.on('error', (error) => console.error(error.message));

app.get('/orders', async (req, res) => {
  const { rows } = await pool.query('select * from orders');
  res.json(rows);
});

app.listen(3000);
