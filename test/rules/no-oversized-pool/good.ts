import { Pool } from "pg";

declare const options: object;

/** Small enough, of a size that is not known, or nobody knows how often. */
export const orders = new Pool({ application_name: "orders-api", max: 30 });
orders.on("error", (error) => console.error(error.message));

export const byDefault = new Pool({ application_name: "orders-reports" });
byDefault.on("error", (error) => console.error(error.message));

export const configured = new Pool({ application_name: "orders-jobs", max: Number(process.env.POOL_MAX) });
configured.on("error", (error) => console.error(error.message));

export const replaced = new Pool({ application_name: "orders-mail", max: 100, ...options });
replaced.on("error", (error) => console.error(error.message));
