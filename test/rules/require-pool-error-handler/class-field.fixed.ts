import { Pool } from "pg";

export class Orders {
  private readonly pool = new Pool({ application_name: "orders-api" }).on("error", (error) => console.error("idle database connection lost", error));

  async list() {
    return (await this.pool.query("select * from orders")).rows;
  }
}

export class Customers {
  private readonly pool: Pool;

  constructor() {
    this.pool = new Pool({ application_name: "orders-api" });
    this.pool.on("error", (error) => {
      console.error("idle database connection lost", error);
    });
  }

  async list() {
    return (await this.pool.query("select * from customers")).rows;
  }
}
