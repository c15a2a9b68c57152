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

abstract class Session {
  abstract execute(text: string): Promise<unknown>;
}

export class Direct extends Session {
  override async execute(text: string) {
    return text;
  }
}

export class Remote extends Session {
  override async execute(text: string) {
    return fetch(`https://sql.internal/?text=${text}`);
  }
}

export class Logged extends Session {
  override async execute(text: string) {
    return `logged ${text}`;
  }
}

export class Silent extends Session {
  override async execute(text: string) {
    return `silent ${text}`;
  }
}

export class Counted extends Session {
  override async execute(text: string) {
    return `counted ${text}`;
  }
}

/** Which of the many it is nobody can tell. */
export const anyOfMany = (session: Session) =>
  db.transaction(async (tx) => {
    await session.execute("select 1");
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
