import { Pool } from "pg";

export class Orders {
  private readonly pool = new Pool({ application_name: "orders-api" }); // want warning "no `error` listener"

  async list() {
    return (await this.pool.query("select * from orders")).rows;
  }
}

export class Customers {
  private readonly pool: Pool;

  constructor() {
    this.pool = new Pool({ application_name: "orders-api" }); // want warning "no `error` listener"
  }

  async list() {
    return (await this.pool.query("select * from customers")).rows;
  }
}
