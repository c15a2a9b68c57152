import type { PoolClient } from "pg";
import { Database } from "./database.ts";

class Stock {
  constructor(private readonly db: Database) {}

  async take(item: string, client?: PoolClient) {
    const runner = client ?? this.db;
    await runner.query("update stock set count = count - 1 where item = $1", [item]); // want error "`runner.query\(\)` runs on a second connection"
  }
}

export class Orders {
  private readonly stock: Stock;

  constructor(private readonly db: Database) {
    this.stock = new Stock(db);
  }

  async place(item: string) {
    await this.db.transaction(async (client) => { // related "The transaction begins here"
      await client.query("insert into orders (item) values ($1)", [item]);
      await this.db.query("select 1"); // want error "`this.db.query\(\)` runs on a second connection"
      await this.stock.take(item, client);
    });
  }

  async placeAnother(item: string) {
    await this.db.transaction(async (client) => {
      await client.query("insert into orders (item) values ($1)", [item]);
      await this.stock.take(item); // related "Calls `this.stock.take\(\)`"
      await this.note(item);
    });
  }

  private async note(item: string) {
    await this.db.query("insert into notes (item) values ($1)", [item]); // want error "`this.db.query\(\)`"
  }
}

export const orders = new Orders(new Database());
