import { createPool } from "slonik";

const url = "postgres://orders@127.0.0.1:6432/orders?application_name=orders-api";

export const pool = await createPool(url, {
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
  resetConnection: async () => {},
});

export const quiet = await createPool(url, {
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
  resetConnection: async () => {},
});
