const { Pool } = require("pg");

exports.reports = new Pool({ application_name: "orders-reports" });
exports.reports.on("error", (error) => {
  console.error("idle database connection lost", error);
});

module.exports.orders = new Pool({ application_name: "orders-api" });
module.exports.orders.on("error", (error) => {
  console.error("idle database connection lost", error);
});
