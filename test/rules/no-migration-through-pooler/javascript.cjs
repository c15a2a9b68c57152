const { runner } = require("node-pg-migrate");

exports.migrate = () => runner({ databaseUrl: process.env.DATABASE_URL, dir: "migrations", direction: "up" }); // want warning "node-pg-migrate keeps"
