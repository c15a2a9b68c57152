const { runner } = require("node-pg-migrate");

exports.migrate = () => runner({ databaseUrl: process.env.DIRECT_URL, dir: "migrations", direction: "up" });
