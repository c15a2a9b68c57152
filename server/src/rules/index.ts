import type { Rule } from "../core/rule.ts";
import { iniAdminIsAppUser } from "./ini-admin-is-app-user.ts";
import { iniAppNameHost } from "./ini-app-name-host.ts";
import { iniBadDatabaseParameter } from "./ini-bad-database-parameter.ts";
import { iniBadValue } from "./ini-bad-value.ts";
import { iniClientConnLow } from "./ini-client-conn-low.ts";
import { iniClientIdleTimeout } from "./ini-client-idle-timeout.ts";
import { iniDisablePqexec } from "./ini-disable-pqexec.ts";
import { iniDuplicateKey } from "./ini-duplicate-key.ts";
import { iniIdleTransactionOff } from "./ini-idle-transaction-off.ts";
import { iniIgnoredStartupParameter } from "./ini-ignored-startup-parameter.ts";
import { iniMinOverPool } from "./ini-min-over-pool.ts";
import { iniMissingSetting } from "./ini-missing-setting.ts";
import { iniNoClientTls } from "./ini-no-client-tls.ts";
import { iniNoPreparedStatements } from "./ini-no-prepared-statements.ts";
import { iniOldVersion } from "./ini-old-version.ts";
import { iniPasswordInFile } from "./ini-password-in-file.ts";
import { iniPoolExceedsServer } from "./ini-pool-exceeds-server.ts";
import { iniPoolModeImplicit } from "./ini-pool-mode-implicit.ts";
import { iniPreparedDdl } from "./ini-prepared-ddl.ts";
import { iniPreparedStatementsImplicit } from "./ini-prepared-statements-implicit.ts";
import { iniQueryTimeout } from "./ini-query-timeout.ts";
import { iniQueryWaitLong } from "./ini-query-wait-long.ts";
import { iniQueryWaitZero } from "./ini-query-wait-zero.ts";
import { iniQuotedDatabaseName } from "./ini-quoted-database-name.ts";
import { iniReserveWithoutTimeout } from "./ini-reserve-without-timeout.ts";
import { iniResetQueryAlways } from "./ini-reset-query-always.ts";
import { iniResetQueryEmpty } from "./ini-reset-query-empty.ts";
import { iniResetQueryUnused } from "./ini-reset-query-unused.ts";
import { iniServerLifetimeZero } from "./ini-server-lifetime-zero.ts";
import { iniServerTlsPrefer } from "./ini-server-tls-prefer.ts";
import { iniSettingTooNew } from "./ini-setting-too-new.ts";
import { iniSigtermWaits } from "./ini-sigterm-waits.ts";
import { iniStatementMode } from "./ini-statement-mode.ts";
import { iniTrackExtraNotReported } from "./ini-track-extra-not-reported.ts";
import { iniTrailingComment } from "./ini-trailing-comment.ts";
import { iniTransactionTimeout } from "./ini-transaction-timeout.ts";
import { iniTrustPublic } from "./ini-trust-public.ts";
import { iniUnknownSetting } from "./ini-unknown-setting.ts";
import { iniUnreadableLine } from "./ini-unreadable-line.ts";
import { iniWeakAuth } from "./ini-weak-auth.ts";
import { iniWildcardDatabase } from "./ini-wildcard-database.ts";
import { noAutocommitBehindEngine } from "./no-autocommit-behind-engine.ts";
import { noAutocommitTransaction } from "./no-autocommit-transaction.ts";
import { noConcurrentQueryInTransaction } from "./no-concurrent-query-in-transaction.ts";
import { noDjangoPoolConflict } from "./no-django-pool-conflict.ts";
import { noDoublePool } from "./no-double-pool.ts";
import { noExternalAwaitInTransaction } from "./no-external-await-in-transaction.ts";
import { noFloatingTransaction } from "./no-floating-transaction.ts";
import { noHoldCursor } from "./no-hold-cursor.ts";
import { noIdleBeyondBouncer } from "./no-idle-beyond-bouncer.ts";
import { noImplicitPsycopgDriver } from "./no-implicit-psycopg-driver.ts";
import { noInvalidApplicationName } from "./no-invalid-application-name.ts";
import { noInvalidEngineArgument } from "./no-invalid-engine-argument.ts";
import { noLateFlaskOptions } from "./no-late-flask-options.ts";
import { noLeakedClient } from "./no-leaked-client.ts";
import { noLeakedTransaction } from "./no-leaked-transaction.ts";
import { noLegacyFlaskPoolKeys } from "./no-legacy-flask-pool-keys.ts";
import { noListen } from "./no-listen.ts";
import { noMigrationThroughPooler } from "./no-migration-through-pooler.ts";
import { noNamedPreparedStatement } from "./no-named-prepared-statement.ts";
import { noObsoletePoolerFlag } from "./no-obsolete-pooler-flag.ts";
import { noOuterHandleInTransaction } from "./no-outer-handle-in-transaction.ts";
import { noOversizedPool } from "./no-oversized-pool.ts";
import { noPoolPerRequest } from "./no-pool-per-request.ts";
import { noReleaseInTransaction } from "./no-release-in-transaction.ts";
import { noSessionAutocommit } from "./no-session-autocommit.ts";
import { noSessionFunction } from "./no-session-function.ts";
import { noSessionLock } from "./no-session-lock.ts";
import { noSessionSet } from "./no-session-set.ts";
import { noSessionTempTable } from "./no-session-temp-table.ts";
import { noSqlPrepare } from "./no-sql-prepare.ts";
import { noTransactionInStatementMode } from "./no-transaction-in-statement-mode.ts";
import { noTransactionOnPool } from "./no-transaction-on-pool.ts";
import { noUnclosedSession } from "./no-unclosed-session.ts";
import { noUnsupportedStartupParameter } from "./no-unsupported-startup-parameter.ts";
import { noUseAfterRelease } from "./no-use-after-release.ts";
import { requireApplicationName } from "./require-application-name.ts";
import { requireAsyncPoolOpen } from "./require-async-pool-open.ts";
import { requireCloseReturns } from "./require-close-returns.ts";
import { requirePoolErrorHandler } from "./require-pool-error-handler.ts";
import { requirePrePing } from "./require-pre-ping.ts";

/** Every rule, in the order of the documentation: pools first, then transactions, session state, Python, and pgbouncer.ini. */
export const rules: readonly Rule[] = [
  noDoublePool,
  noPoolPerRequest,
  requireApplicationName,
  noInvalidApplicationName,
  requirePoolErrorHandler,
  noIdleBeyondBouncer,
  noUnsupportedStartupParameter,
  noNamedPreparedStatement,
  noObsoletePoolerFlag,
  noMigrationThroughPooler,
  noOversizedPool,
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
  noInvalidEngineArgument,
  requireCloseReturns,
  requirePrePing,
  requireAsyncPoolOpen,
  noImplicitPsycopgDriver,
  noSessionAutocommit,
  noAutocommitBehindEngine,
  noAutocommitTransaction,
  noUnclosedSession,
  noLegacyFlaskPoolKeys,
  noLateFlaskOptions,
  noDjangoPoolConflict,
  iniUnreadableLine,
  iniUnknownSetting,
  iniSettingTooNew,
  iniBadValue,
  iniMissingSetting,
  iniBadDatabaseParameter,
  iniQuotedDatabaseName,
  iniTrailingComment,
  iniDuplicateKey,
  iniPoolModeImplicit,
  iniStatementMode,
  iniNoPreparedStatements,
  iniPreparedStatementsImplicit,
  iniPreparedDdl,
  iniResetQueryEmpty,
  iniResetQueryAlways,
  iniResetQueryUnused,
  iniIgnoredStartupParameter,
  iniTrackExtraNotReported,
  iniDisablePqexec,
  iniServerLifetimeZero,
  iniClientIdleTimeout,
  iniIdleTransactionOff,
  iniTransactionTimeout,
  iniQueryTimeout,
  iniQueryWaitZero,
  iniQueryWaitLong,
  iniPoolExceedsServer,
  iniWildcardDatabase,
  iniClientConnLow,
  iniReserveWithoutTimeout,
  iniMinOverPool,
  iniTrustPublic,
  iniWeakAuth,
  iniNoClientTls,
  iniServerTlsPrefer,
  iniPasswordInFile,
  iniAdminIsAppUser,
  iniAppNameHost,
  iniOldVersion,
  iniSigtermWaits,
];
