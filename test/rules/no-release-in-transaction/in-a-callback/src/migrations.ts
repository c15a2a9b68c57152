import { transaction } from "./transaction.ts";

export const migrate = (sql: string) =>
  transaction( // related "The transaction begins here"
    (client) =>
      new Promise((resolve, reject) => {
        client.query(sql, (error, result) => {
          if (error) reject(error);
          else resolve(result);
          client.release(); // want "gives the connection back while the transaction of `transaction\(\)` may be open"
        });
      }),
  );

export const migrateOnly = (sql: string) => transaction((client) => client.query(sql));

/** It ends what the helper began. */
export const tryOut = (sql: string) =>
  transaction(async (client) => {
    await client.query(sql);
    await client.query("ROLLBACK");
    await client.query("BEGIN");
  });
