const postgres = require("postgres");
const { pool } = require("./db.cjs");

const sql = postgres(process.env.DATABASE_URL, { prepare: false });

exports.items = () => sql`select item from orders`;
exports.item = (id) => pool.query({ text: "select item from orders where id = $1", values: [id] });
