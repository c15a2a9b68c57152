const { pool } = require("./db.cjs");

async function watch() {
  await pool.query("LISTEN new_orders; LISTEN paid_orders"); // want error "`LISTEN new_orders` \(with 1 more like it\) hears nothing here"
}

module.exports = { watch };
