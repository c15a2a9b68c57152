import { Injectable, type OnModuleDestroy } from "@nestjs/common";
import { Pool } from "pg";

@Injectable()
export class DatabaseService implements OnModuleDestroy {
  private readonly pool: Pool;

  constructor() {
    this.pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
    this.pool.on("error", (error) => console.error(error.message));
  }

  query(text: string, values?: unknown[]) {
    return this.pool.query(text, values);
  }

  async onModuleDestroy() {
    await this.pool.end();
  }
}
