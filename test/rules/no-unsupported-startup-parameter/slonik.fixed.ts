import { createPool } from "slonik";

export const byDefault = createPool(process.env.DATABASE_URL ?? "", { statementTimeout: "DISABLE_TIMEOUT", idleInTransactionSessionTimeout: "DISABLE_TIMEOUT" });

const url = "postgres://app@localhost:6432/orders?application_name=orders-api";

export const withoutOptions = createPool(url, { statementTimeout: "DISABLE_TIMEOUT", idleInTransactionSessionTimeout: "DISABLE_TIMEOUT" });

export const half = createPool(url, { statementTimeout: "DISABLE_TIMEOUT", idleInTransactionSessionTimeout: "DISABLE_TIMEOUT" });

export const off = createPool(url, {
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
});

declare const configured: object;
export const elsewhere = createPool(url, { ...configured });

/** The URL is put together, the options stand beside it. */
export const byParts = createPool(stringifyDsn({ host: "localhost", port: 6432 }), {
  maximumPoolSize: 5,
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
});
