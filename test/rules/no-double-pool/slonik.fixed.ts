import { createPool } from "slonik";

const url = "postgres://orders@db.internal:6432/orders?application_name=orders-api";

export const pool = await createPool(url, {
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
  idleTimeout: 1,
});
