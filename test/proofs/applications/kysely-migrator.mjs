import { Kysely, PostgresDialect, sql } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";

const migrations = { "1_orders": { up: (db) => sql`update orders set status = 'migrated'`.execute(db) } };

/** Migrates over the URL in that environment variable. */
export async function migrate(variable) {
  const pool = new pg.Pool({ connectionString: process.env[variable], max: 1 });
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  try {
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    return results.map(({ migrationName, status }) => `${migrationName}: ${status}`);
  } finally {
    await db.destroy();
  }
}
