import { Pool } from "pg";

let lazy: Pool | undefined;
export function getLazy() {
  if (!lazy) lazy = new Pool({ application_name: "orders-api" }); // want warning "no `error` listener"
  return lazy;
}

let nullish: Pool | undefined;
export const getNullish = () => (nullish ??= new Pool({ application_name: "orders-api" })); // want warning "no `error` listener"

let guarded: Pool | undefined;
export function getGuarded() {
  if (!guarded) {
    guarded = new Pool({ application_name: "orders-api" }); // want warning "no `error` listener"
  }
  return guarded;
}

export const create = () => {
  return new Pool({ application_name: "orders-api" }); // want warning "no `error` listener"
};

export const orders = create();

const first = new Pool({ application_name: "orders-api" }), // want warning "no `error` listener"
  second = new Pool({ application_name: "orders-reports" }); // want warning "no `error` listener"

export const both = () => Promise.all([first.query("select 1"), second.query("select 2")]);

export default new Pool({ application_name: "orders-api" }); // want warning "no `error` listener"
