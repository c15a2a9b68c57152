import { createPool, sql } from "slonik";

export const pool = await createPool("postgres://orders@db.internal:6432/orders?application_name=orders-api", {
  statementTimeout: "DISABLE_TIMEOUT",
  idleInTransactionSessionTimeout: "DISABLE_TIMEOUT",
});

export { sql };
