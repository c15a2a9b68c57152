import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

const url = "postgres://app@localhost:6432/orders?application_name=orders-api";

export const plain = postgres(url); // want error "`postgres\(\)` gives every statement a name"
export const optionsAlone = postgres({ host: "localhost", port: 6432 }); // want error "`postgres\(\)` gives"
export const switchedOn = postgres(url, {
  prepare: true, // want error "`postgres\(\)` gives" 
});
export const oldSwitch = postgres(url, {
  no_prepare: false, // want error "`postgres\(\)` gives"
});

export const byUrl = drizzle(process.env.DATABASE_URL ?? ""); // want error "`drizzle\(\)` gives"
export const byConnection = drizzle({ connection: url }); // want error "`drizzle\(\)` gives"
export const byObject = drizzle({ connection: { url } }); // want error "`drizzle\(\)` gives"

declare function work(): Promise<void>;

/** One pool, whatever way leads to it. */
export async function report() {
  try {
    await work();
  } finally {
    const late = postgres(url); // want error "`postgres\(\)` gives"
    await late`select 1`;
    await late.end();
  }
}
