import type { Rule } from "../core/rule.ts";
import { noConcurrentQueryInTransaction } from "./no-concurrent-query-in-transaction.ts";
import { noDoublePool } from "./no-double-pool.ts";
import { noExternalAwaitInTransaction } from "./no-external-await-in-transaction.ts";
import { noFloatingTransaction } from "./no-floating-transaction.ts";
import { noHoldCursor } from "./no-hold-cursor.ts";
import { noIdleBeyondBouncer } from "./no-idle-beyond-bouncer.ts";
import { noInvalidApplicationName } from "./no-invalid-application-name.ts";
import { noLeakedClient } from "./no-leaked-client.ts";
import { noLeakedTransaction } from "./no-leaked-transaction.ts";
import { noListen } from "./no-listen.ts";
import { noNamedPreparedStatement } from "./no-named-prepared-statement.ts";
import { noOuterHandleInTransaction } from "./no-outer-handle-in-transaction.ts";
import { noPoolPerRequest } from "./no-pool-per-request.ts";
import { noReleaseInTransaction } from "./no-release-in-transaction.ts";
import { noSessionFunction } from "./no-session-function.ts";
import { noSessionLock } from "./no-session-lock.ts";
import { noSessionSet } from "./no-session-set.ts";
import { noSessionTempTable } from "./no-session-temp-table.ts";
import { noSqlPrepare } from "./no-sql-prepare.ts";
import { noTransactionInStatementMode } from "./no-transaction-in-statement-mode.ts";
import { noTransactionOnPool } from "./no-transaction-on-pool.ts";
import { noUnsupportedStartupParameter } from "./no-unsupported-startup-parameter.ts";
import { noUseAfterRelease } from "./no-use-after-release.ts";
import { requireApplicationName } from "./require-application-name.ts";
import { requirePoolErrorHandler } from "./require-pool-error-handler.ts";

/** Every rule, in the order of the documentation: pools first, then transactions. */
export const rules: readonly Rule[] = [
  noDoublePool,
  noPoolPerRequest,
  requireApplicationName,
  noInvalidApplicationName,
  requirePoolErrorHandler,
  noIdleBeyondBouncer,
  noUnsupportedStartupParameter,
  noNamedPreparedStatement,
  noTransactionOnPool,
  noLeakedTransaction,
  noLeakedClient,
  noReleaseInTransaction,
  noUseAfterRelease,
  noExternalAwaitInTransaction,
  noOuterHandleInTransaction,
  noConcurrentQueryInTransaction,
  noFloatingTransaction,
  noTransactionInStatementMode,
  noSessionSet,
  noSessionLock,
  noListen,
  noSessionTempTable,
  noSqlPrepare,
  noHoldCursor,
  noSessionFunction,
];
