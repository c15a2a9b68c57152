import { createRequire } from "node:module";

/** One row, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/** A plain connection of the proof's own: a witness or a stranger, never the application under proof. */
export interface Connection {
  /** Rows of the (last) statement. Without values the text goes as a simple Query, as PgBouncer's console wants. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  end(): Promise<void>;
}

/** Where and as whom to connect; always on loopback. */
export interface Address {
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly application_name?: string;
}

interface PgClient {
  connect(): Promise<void>;
  query(text: string, values?: unknown[]): Promise<{ rows: Row[] } | { rows: Row[] }[]>;
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): void;
}

/** Opens a connection; rejects with the server's error. */
export async function connect(address: Address): Promise<Connection> {
  // Resolved at call time: the drivers are installed on demand, after this file is loaded.
  const require = createRequire(new URL("../drivers/package.json", import.meta.url));
  const { Client } = require("pg") as { Client: new (options: object) => PgClient };
  const client = new Client({ host: "127.0.0.1", ...address });
  // PgBouncer closes connections on purpose in several proofs; the next query tells.
  client.on("error", () => {});
  await client.connect();
  return {
    query: async (text, values) => {
      const result = await (values ? client.query(text, [...values]) : client.query(text));
      return (Array.isArray(result) ? result.at(-1)! : result).rows;
    },
    end: () => client.end(),
  };
}
