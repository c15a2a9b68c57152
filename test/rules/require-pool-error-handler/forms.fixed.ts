import { Pool } from "pg";

let lazy: Pool | undefined;
export function getLazy() {
  if (!lazy) lazy = new Pool({ application_name: "orders-api" }).on("error", (error) => console.error("idle database connection lost", error));
  return lazy;
}

let nullish: Pool | undefined;
export const getNullish = () => (nullish ??= new Pool({ application_name: "orders-api" }).on("error", (error) => console.error("idle database connection lost", error)));

let guarded: Pool | undefined;
export function getGuarded() {
  if (!guarded) {
    guarded = new Pool({ application_name: "orders-api" });
    guarded.on("error", (error) => {
      console.error("idle database connection lost", error);
    });
  }
  return guarded;
}

export const create = () => {
  return new Pool({ application_name: "orders-api" }).on("error", (error) => console.error("idle database connection lost", error));
};

export const orders = create();

const first = new Pool({ application_name: "orders-api" }).on("error", (error) => console.error("idle database connection lost", error)),
  second = new Pool({ application_name: "orders-reports" }).on("error", (error) => console.error("idle database connection lost", error));

export const both = () => Promise.all([first.query("select 1"), second.query("select 2")]);

export default new Pool({ application_name: "orders-api" }).on("error", (error) => console.error("idle database connection lost", error));
