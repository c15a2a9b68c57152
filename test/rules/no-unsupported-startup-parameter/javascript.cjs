const { Pool } = require("pg");

const timeouts = { statement_timeout: Number(process.env.STATEMENT_TIMEOUT || 5000) }; // want error "`statement_timeout` is sent at connect"

const pool = new Pool({ application_name: "orders-api", ...timeouts });
pool.on("error", (error) => console.error(error.message));

module.exports = { pool };
