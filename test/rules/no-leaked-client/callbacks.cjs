const { pool } = require("./db.cjs");

exports.count = (callback) => {
  pool.connect((err, client, done) => {
    if (err) return callback(err);
    client.query("select count(*) from orders", (err, result) => {
      done();
      callback(err, result && result.rows[0]);
    });
  });
};
