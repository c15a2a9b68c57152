import { Pool } from "pg";

interface Given {
  readonly pool: Pool;
}

/** Opens a pool, or takes the one that it is given. */
export class Database {
  private readonly pool: Pool;

  constructor(
    readonly url: string,
    given?: Given,
  ) {
    if (given) {
      this.pool = given.pool;
      return;
    }
    const pool = new Pool({ connectionString: url, application_name: "shop" });
    pool.on("error", (error) => console.error(error.message));
    this.pool = pool;
  }

  async work<T>(run: (db: Database) => Promise<T>): Promise<T> {
    const inner = new Database(this.url, { pool: this.pool });
    return await run(inner);
  }

  async names() {
    return (await this.pool.query("select name from orders")).rows;
  }
}

export async function report(db: Database) {
  await db.work((inner) => inner.names());
}
