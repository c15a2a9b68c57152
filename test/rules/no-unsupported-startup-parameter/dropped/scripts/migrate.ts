import { Client } from "pg";

/** Goes wherever its caller says. */
export async function connect(connectionString: string) {
  const client = new Client({ connectionString, options: "-c search_path=storage" });
  await client.connect();
  return client;
}
