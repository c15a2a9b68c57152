import { ExecuteStatementCommand, RDSDataClient } from "@aws-sdk/client-rds-data";
import { locals } from "@trigger.dev/sdk";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { orders } from "./schema.ts";

const pool = new Pool({ application_name: "shop" });
pool.on("error", (error) => console.error(error.message));
export const db = drizzle(pool);

const kept = locals.create<NodePgDatabase>("db");

/** A job hands over what its queue keeps for it, a transaction itself: here it is the transaction. */
async function readAll(handle: NodePgDatabase) {
  return await handle.select().from(orders);
}

export const inAJob = () => readAll(locals.getOrThrow(kept));

export const inATransaction = () =>
  db.transaction(async (tx) => {
    await readAll(tx);
  });

/** What the answer was made of is an array. */
const answer = await new RDSDataClient({}).send(new ExecuteStatementCommand({}));

async function named() {
  return answer.records.map((record) => record.length);
}

export const mapped = () =>
  db.transaction(async (tx) => {
    await named();
    await tx.select().from(orders);
  });

class Plain {
  async execute(text: string): Promise<unknown> {
    return text;
  }
}

export class Distant extends Plain {
  override async execute(text: string) {
    return fetch(`https://sql.internal/?text=${text}`);
  }
}

/** It may be what the class has itself. */
export const perhapsAnHeir = (one: Plain) =>
  db.transaction(async (tx) => {
    await one.execute("select 1");
    await tx.select().from(orders);
  });

abstract class Step {
  abstract run(): Promise<unknown>;
}

export class Local extends Step {
  override async run() {
    return 1;
  }
}

export class Remote extends Step {
  override async run() {
    return fetch("https://steps.internal"); // want warning "`fetch\(\)` waits for the network"
  }
}

/** One of them does. */
export const someHeir = (step: Step) =>
  db.transaction(async (tx) => {
    await step.run();
    await tx.select().from(orders);
  });
