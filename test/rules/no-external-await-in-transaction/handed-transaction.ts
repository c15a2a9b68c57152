import { Pool, type PoolClient } from "pg";

const pool = new Pool({ application_name: "orders" });
pool.on("error", console.error);

/** Waits for a place of its own; whoever is in a transaction hands it over and waits for nothing. */
async function inTransaction<T>(work: (client: PoolClient) => Promise<T>, given?: PoolClient): Promise<T> {
  if (given) return work(given);
  await fetch("https://slots.internal/wait");
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** What it is given says whether there is a transaction: not what can be read here. */
async function retried<T>(work: (client: PoolClient) => Promise<T>, given: PoolClient | undefined): Promise<T> {
  const alreadyInTransaction = given !== undefined && "release" in given;
  if (alreadyInTransaction) return work(given);
  await fetch("https://slots.internal/wait");
  return inTransaction(work);
}

/** Waits in any case. */
async function slowly<T>(work: (client: PoolClient) => Promise<T>, given: PoolClient | undefined): Promise<T> {
  const alreadyInTransaction = given !== undefined && "release" in given;
  await fetch("https://slots.internal/wait"); // want warning "waits for the network"
  return alreadyInTransaction ? work(given) : inTransaction(work);
}

async function insert(client: PoolClient) {
  await client.query("insert into orders default values");
}

export function handsItOver() {
  return inTransaction(async (client) => {
    await inTransaction(insert, client);
    await retried(insert, client);
    await slowly(insert, client); // related "Calls `slowly\(\)`"
  });
}
