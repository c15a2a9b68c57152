const { Pool } = require("pg");

exports.reports = new Pool({ application_name: "orders-reports" }); // want warning "no `error` listener"

module.exports.orders = new Pool({ application_name: "orders-api" }); // want warning "no `error` listener"
