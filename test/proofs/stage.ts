import { setTimeout as sleep } from "node:timers/promises";
import { type Actor, actor } from "./actor.ts";
import { type Answer, startApplication } from "./machine/application.ts";
import { type Bouncer, type Ini, startBouncer } from "./machine/bouncer.ts";
import type { BouncerProgram } from "./machine/bouncer-programs.ts";
import { type Connection, connect, type Row } from "./machine/client.ts";
import { type Payments, startPayments } from "./machine/payments.ts";
import { startWire } from "./machine/wire.ts";
import { showRows, startRecord } from "./record.ts";

/** Where a proof plays. */
export interface Place {
  readonly program: BouncerProgram;
  readonly mode: "transaction" | "session" | "statement";
}

/** A client of the same PgBouncer that belongs to nobody under proof. */
export interface Stranger {
  /** Sends a statement and writes down what came back. */
  ask(text: string, values?: readonly unknown[]): Promise<Answer>;
}

/** One play of a file behind one PgBouncer: everything said and answered on it becomes the transcript. */
export interface Stage {
  readonly place: Place;
  /** The name of the case's database; transcripts call it "app". */
  readonly database: string;
  /** Starts the file under proof as a process. `label` stands before its lines in the transcript. */
  application(label: string, options?: ApplicationOptions): Promise<Actor>;
  /** A client whose application_name is its label. */
  stranger(label: string): Promise<Stranger>;
  /** Starts the web service that examples call. */
  payments(): Promise<Payments>;
  /** `SHOW CLIENTS`, without the console itself: state and application_name. */
  clients(): Promise<readonly Row[]>;
  /** `SHOW CLIENTS`, names alone, where the state depends on who is just talking. */
  clientNames(): Promise<readonly Row[]>;
  /** `SHOW SERVERS`: state, application_name, and whether a client holds it. */
  servers(): Promise<readonly Row[]>;
  /** The servers that a client holds; how many others there are depends on who came first. */
  heldServers(): Promise<readonly Row[]>;
  /** The case's sessions in pg_stat_activity: state and application_name. */
  activity(): Promise<readonly Row[]>;
  /** Rows of a statement sent to PostgreSQL directly, past PgBouncer: what is really committed. */
  truth(text: string): Promise<readonly Row[]>;
  /** Opens a transaction past PgBouncer that holds what the statement locks until it is let go. */
  hold(text: string): Promise<Lock>;
  /** Waits until PgBouncer has no client but the console. */
  noClients(): Promise<void>;
  /** Waits until PgBouncer has no server. */
  noServers(): Promise<void>;
  /** Waits until so many clients wait for a server. */
  waiting(count: number): Promise<void>;
  /** Sends a command to PgBouncer's console. */
  console(command: string): Promise<void>;
  /** Sends SIGTERM to PgBouncer and waits until it says that it got it. */
  terminateBouncer(): Promise<void>;
  /** Ends PgBouncer and starts it again. */
  restartBouncer(): Promise<void>;
  /** Lets time pass, in milliseconds. */
  wait(ms: number): Promise<void>;
  /** The transcript so far. */
  lines(): readonly string[];
  end(): Promise<void>;
}

/** What an application gets beside DATABASE_URL, which leads to PgBouncer, and DIRECT_URL, which leads past it. */
export interface ApplicationOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** How long a call may take before it counts as hanging, in milliseconds. */
  readonly patience?: number;
}

/** Rows locked past PgBouncer. */
export interface Lock {
  /** Waits until somebody waits for the lock. */
  wanted(): Promise<void>;
  letGo(): Promise<void>;
}

/** Generous: the machine may be busy with something else. What must not come has a patience of its own. */
const patience = 30_000;
const pollEvery = 25;

let cases = 0;

/** Sets up a database and a PgBouncer for one play of that source file. */
export async function setStage(
  source: string,
  place: Place,
  ini: Ini,
  postgresPort: number,
  runFolder: string,
): Promise<Stage> {
  const database = `case_${process.pid}_${cases++}`;
  const witness = { port: postgresPort, user: "postgres", application_name: "witness" };
  const root = await connect({ ...witness, database: "postgres" });
  await root.query(`create database ${database} template proofs owner app`);
  const direct = await connect({ ...witness, database });
  const settings = { pool_mode: place.mode, ...ini.settings };
  const bouncer = await startBouncer(place.program, runFolder, postgresPort, { ...ini, settings });
  const ends: (() => Promise<unknown> | undefined)[] = [
    () => bouncer.end(),
    () => direct.end(),
    () => root.query(`drop database ${database} with (force)`),
    () => root.end(),
  ];
  const record = startRecord();

  return {
    place,
    database,
    application: async (label, options = {}) => {
      const wire = await startWire(bouncer.port);
      ends.unshift(() => wire.end());
      const urlAt = (port: number) => `postgresql://app@127.0.0.1:${port}/${database}`;
      const urls = { DATABASE_URL: urlAt(wire.port), DIRECT_URL: urlAt(postgresPort) };
      const application = await startApplication(source, runFolder, { ...urls, ...options.environment });
      ends.unshift(() => application.end());
      return actor(label, application, wire.sent, options.patience ?? patience, record);
    },
    stranger: async (label) => {
      const address = { port: bouncer.port, user: "app", database, application_name: label };
      let connection: Connection | undefined;
      ends.unshift(() => connection?.end());
      return {
        ask: async (text, values) => {
          try {
            connection ??= await connect(address);
            const rows = await connection.query(text, values);
            record.write(label, text, showRows(rows));
            return { kind: "value", value: rows };
          } catch (error) {
            const { code, message, name } = error as Error & { code?: string };
            record.write(label, text, [`error ${code ?? name}: ${message}`]);
            return { kind: "error", code, name, message };
          }
        },
      };
    },
    payments: async () => {
      const service = await startPayments();
      ends.unshift(() => service.end());
      return service;
    },
    clients: async () => {
      const rows = (await shown(bouncer, "SHOW CLIENTS", database)).map(asClient);
      record.write("console", "SHOW CLIENTS", showRows(rows));
      return rows;
    },
    clientNames: async () => {
      const rows = (await shown(bouncer, "SHOW CLIENTS", database)).map(({ application_name }) => ({
        application_name,
      }));
      record.write("console", "SHOW CLIENTS", showRows(rows));
      return rows;
    },
    servers: async () => {
      const rows = (await shown(bouncer, "SHOW SERVERS", database)).map(asServer);
      record.write("console", "SHOW SERVERS", showRows(rows));
      return rows;
    },
    heldServers: async () => {
      const rows = (await shown(bouncer, "SHOW SERVERS", database)).map(asServer);
      const held = rows.filter((row) => row.linked === "yes");
      record.write("console", "SHOW SERVERS, those that a client holds", showRows(held));
      return held;
    },
    activity: async () => {
      const rows = await direct.query(
        `select state, application_name from pg_stat_activity
         where datname = current_database() and application_name <> 'witness' and backend_type = 'client backend'`,
      );
      record.write("postgres", "select state, application_name from pg_stat_activity", showRows(rows));
      return rows;
    },
    truth: async (text) => {
      const rows = await direct.query(text);
      record.write("postgres", text, showRows(rows));
      return rows;
    },
    hold: async (text) => {
      const holder = await connect({ ...witness, database });
      ends.unshift(() => holder.end());
      await holder.query("begin");
      await holder.query(text);
      record.write("postgres", `begin; ${text}`, []);
      return {
        wanted: async () => {
          const waiting = `select 1 from pg_locks l join pg_stat_activity a using (pid)
            where not l.granted and a.datname = current_database()`;
          await until(async () => (await direct.query(waiting)).length > 0);
          record.remark("until somebody waits for the lock");
        },
        letGo: async () => {
          await holder.query("rollback");
          record.write("postgres", "rollback", []);
        },
      };
    },
    noClients: async () => {
      await until(async () => (await shown(bouncer, "SHOW CLIENTS", database)).length === 0);
      record.remark("until SHOW CLIENTS has none");
    },
    noServers: async () => {
      await until(async () => (await shown(bouncer, "SHOW SERVERS", database)).length === 0);
      record.remark("until SHOW SERVERS has none");
    },
    waiting: async (count) => {
      await until(async () => {
        const pools = await shown(bouncer, "SHOW POOLS", database);
        return pools.reduce((sum, pool) => sum + Number(pool.cl_waiting), 0) >= count;
      });
      record.remark(`until ${count === 1 ? "a client waits" : `${count} clients wait`} for a server`);
    },
    console: async (command) => {
      await bouncer.admin(command);
      record.write("console", command, []);
    },
    terminateBouncer: async () => {
      await bouncer.terminate();
      record.remark("PgBouncer got SIGTERM");
    },
    restartBouncer: async () => {
      await bouncer.restart();
      record.remark("PgBouncer was ended and started again");
    },
    wait: async (ms) => {
      await sleep(ms);
      record.remark(`${ms / 1000} s later`);
    },
    lines: record.lines,
    end: async () => {
      for (const end of ends) await end()?.catch(() => {});
    },
  };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${patience / 1000} s`);
    await sleep(pollEvery);
  }
}

async function shown(bouncer: Bouncer, command: string, database: string): Promise<readonly Row[]> {
  const rows = await bouncer.admin(command);
  return rows.filter((row) => row.database === database);
}

function asClient({ state, application_name }: Row): Row {
  return { state, application_name };
}

function asServer({ state, application_name, link }: Row): Row {
  return { state, application_name, linked: link ? "yes" : "no" };
}
