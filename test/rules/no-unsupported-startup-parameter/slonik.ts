import { createPool } from "slonik";

export const byDefault = createPool(process.env.DATABASE_URL ?? "", {}); // want error "`createPool\(\)` sends `statement_timeout` and `idle_in_transaction_session_timeout` by default" want require-application-name "no `application_name`"

const url = "postgres://app@localhost:6432/orders?application_name=orders-api";

export const withoutOptions = createPool(url); // want error "`createPool\(\)` sends `statement_timeout` and `idle_in_transaction_session_timeout` by default"

export const half = createPool(url, { statementTimeout: "DISABLE_TIMEOUT" }); // want error "`createPool\(\)` sends `idle_in_transaction_session_timeout` by default"

export const off = createPool(url, {
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
});

declare const configured: object;
export const elsewhere = createPool(url, { ...configured });

/** The URL is put together, the options stand beside it. */
export const byParts = createPool(stringifyDsn({ host: "localhost", port: 6432 }), { // want warning "`createPool\(\)` sends"
  maximumPoolSize: 5,
});
