const postgres = require("postgres");
const { pool } = require("./db.cjs");

const sql = postgres(process.env.DATABASE_URL); // want error "`postgres\(\)` gives every statement a name"

exports.items = () => sql`select item from orders`;
exports.item = (id) => pool.query({ name: "get-item", text: "select item from orders where id = $1", values: [id] }); // want error "The statement `get-item`"
