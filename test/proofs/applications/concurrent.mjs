import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

const insert = (client, item) => client.query("insert into orders (item) values ($1)", [item]);

/** Orders a book and a lamp at once, or one after the other; the lamp has to be paid first. The book is there already. */
export async function orderBoth(form) {
  const client = await pool.connect();
  const orderLamp = async () => {
    await fetch(process.env.PAYMENTS_URL);
    await insert(client, "lamp");
  };
  try {
    await client.query("BEGIN");
    if (form === "at once") {
      late = orderLamp();
      await Promise.all([insert(client, "book"), late]);
    } else {
      await insert(client, "book");
      await orderLamp();
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

let late;

/** What became of the lamp. */
export async function lampAnswer() {
  await late;
}

/** Orders two books with allSettled; says what COMMIT answered. */
export async function orderSettled() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await Promise.allSettled([insert(client, "lamp"), insert(client, "book"), insert(client, "chair")]);
    const { command } = await client.query("COMMIT");
    return command;
  } finally {
    client.release();
  }
}

/** Orders a lamp in a transaction that nobody waits for, or that the caller waits for. */
export async function orderInBackground(form) {
  const done = inTransaction((client) => insert(client, "lamp"));
  if (form === "awaited") await done;
  else done.catch((error) => console.error(error.message));
  return "thank you";
}

async function inTransaction(work) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await work(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
