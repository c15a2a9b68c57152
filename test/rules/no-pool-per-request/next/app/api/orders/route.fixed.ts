import { NextResponse } from "next/server";
import { Pool } from "pg";
import { pool } from "../../../lib/db";

export async function GET() {
  const { rows } = await pool.query("select * from orders");
  return NextResponse.json(rows);
}

const own = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-web" });
own.on("error", (error) => console.error(error.message));

export async function POST(request: Request) {
  const { item } = await request.json();
  await own.query("insert into orders (item) values ($1)", [item]);
  return NextResponse.json({ item });
}
