const { pool } = require("./db.cjs");

function place(item, callback) {
  pool.connect((err, client, done) => {
    if (err) return callback(err);
    const abort = (error) => client.query("ROLLBACK", () => {
      done(error);
      callback(error);
    });
    client.query("BEGIN", (err) => {
      if (err) return abort(err);
      client.query("insert into orders (item) values ($1)", [item], (err) => {
        if (err) return abort(err);
        client.query("COMMIT", (err) => {
          done();
          callback(err);
        });
      });
    });
  });
}

module.exports = { place };
