import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";

const url = "postgres://app@localhost:6432/orders?application_name=orders-api";

export const plain = postgres(url, { prepare: false });
export const optionsAlone = postgres({ host: "localhost", port: 6432, prepare: false });
export const switchedOn = postgres(url, {
  prepare: false,
});
export const oldSwitch = postgres(url, {
  prepare: false,
});

export const byUrl = drizzle({ connection: { url: process.env.DATABASE_URL ?? "", prepare: false } });
export const byConnection = drizzle({ connection: { url: url, prepare: false } });
export const byObject = drizzle({ connection: { url, prepare: false } });

declare function work(): Promise<void>;

/** One pool, whatever way leads to it. */
export async function report() {
  try {
    await work();
  } finally {
    const late = postgres(url, { prepare: false });
    await late`select 1`;
    await late.end();
  }
}
