import { watchOrders } from "../../rules/no-listen/example.ts";

let hear;
const heard = new Promise((resolve) => {
  hear = resolve;
});

/** Listens as the example does. */
export const watch = async () => {
  await watchOrders(hear);
};

/** The first order that it hears of. */
export const nextOrder = () => heard;
