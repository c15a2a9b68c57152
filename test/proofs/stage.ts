import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type Application, type Call, startApplication } from "./machine/application.ts";
import { type Bouncer, type Settings, startBouncer } from "./machine/bouncer.ts";
import type { BouncerProgram } from "./machine/bouncer-programs.ts";
import { type Connection, connect, type Row } from "./machine/client.ts";
import { type Sent, startWire } from "./machine/wire.ts";

/** Where a proof plays. */
export interface Place {
  readonly program: BouncerProgram;
  readonly mode: "transaction" | "session";
}

/** A client of the same PgBouncer that belongs to nobody under proof. */
export interface Stranger {
  /** Sends a statement and writes down what came back. */
  ask(text: string, values?: readonly unknown[]): Promise<Answer>;
}

/** One play of a file behind one PgBouncer: everything said and answered on it becomes the transcript. */
export interface Stage {
  readonly place: Place;
  /** Starts the file under proof as a process. `label` stands before its lines in the transcript. */
  application(label: string): Promise<Actor>;
  stranger(label: string): Promise<Stranger>;
  /** `SHOW CLIENTS`, without the console itself: state and application_name. */
  clients(): Promise<readonly Row[]>;
  /** `SHOW SERVERS`: state, application_name, and whether a client holds it. */
  servers(): Promise<readonly Row[]>;
  /** The case's sessions in pg_stat_activity: state and application_name. */
  activity(): Promise<readonly Row[]>;
  /** Rows of a statement sent to PostgreSQL directly, past PgBouncer: what is really committed. */
  truth(text: string): Promise<readonly Row[]>;
  /** Opens a transaction past PgBouncer that holds what the statement locks until it is let go. */
  hold(text: string): Promise<{ letGo(): Promise<void> }>;
  /** Ends PgBouncer and starts it again. */
  restartBouncer(): Promise<void>;
  /** Lets time pass, in milliseconds. */
  wait(ms: number): Promise<void>;
  /** Starts what the application may talk to beside the database. */
  onEnd(end: () => Promise<unknown>): void;
  /** The transcript so far. */
  lines(): readonly string[];
  write(who: string, what: string, result: readonly string[]): void;
  end(): Promise<void>;
}

/** An application on the stage. */
export interface Actor {
  call(name: string, ...args: readonly unknown[]): Promise<Answer>;
  /** Calls without waiting for the answer, which is written down when it is asked for. */
  begin(name: string, ...args: readonly unknown[]): { answer(): Promise<Answer> };
  /** Makes several calls at the same time. */
  together(...calls: readonly Call[]): Promise<readonly Answer[]>;
  /** The same, without waiting. */
  beginTogether(...calls: readonly Call[]): { answers(): Promise<readonly Answer[]> };
  /** Makes one call so many times, each after the one before it; equal answers are written down once. */
  repeat(times: number, ...call: Call): Promise<readonly Answer[]>;
  /** Exit code, written down; `undefined` where it still runs after that many milliseconds. */
  exit(patience: number): Promise<number | undefined>;
  /** What it printed so far. */
  log(): string;
  /** Takes what it printed so far into the transcript. */
  wrote(): void;
  /** What its driver sent, where the stage was set with a wire. */
  readonly sent: readonly Sent[];
}

/** How long a call may take before it counts as hanging, in milliseconds. */
const patience = 4_000;

let cases = 0;

/** Sets up a database, a PgBouncer and nothing else for one play. */
export async function setStage(
  source: string,
  place: Place,
  settings: Settings,
  postgresPort: number,
  runFolder: string,
  environment: Readonly<Record<string, string>>,
): Promise<Stage> {
  const database = `case_${process.pid}_${cases++}`;
  const root = await connect({ port: postgresPort, user: "postgres", database: "postgres" });
  await root.query(`create database ${database} template proofs owner app`);
  const direct = await connect({ port: postgresPort, user: "postgres", database, application_name: "witness" });
  const bouncer = await startBouncer(place.program, runFolder, postgresPort, { pool_mode: place.mode, ...settings });
  const ends: (() => Promise<unknown>)[] = [
    () => bouncer.end(),
    () => direct.end(),
    () => root.query(`drop database ${database} with (force)`),
    () => root.end(),
  ];
  const lines: string[] = [];
  const write = (who: string, what: string, result: readonly string[]) => {
    lines.push(
      `${who.padEnd(9)} ${what.replace(/\s+/g, " ")}`,
      ...result.map((line) => `${" ".repeat(12)}${normal(line)}`),
    );
  };

  return {
    place,
    application: async (label) => {
      const wire = await startWire(bouncer.port);
      ends.unshift(() => wire.end());
      const url = `postgresql://app@127.0.0.1:${wire.port}/${database}`;
      const application = await startApplication(source, runFolder, { DATABASE_URL: url, ...environment });
      ends.unshift(() => application.end());
      return actor(label, application, wire.sent, write);
    },
    stranger: async (label) => {
      const address = { port: bouncer.port, user: "app", database, application_name: label };
      let connection: Connection | undefined;
      ends.unshift(async () => connection?.end());
      return {
        ask: async (text, values) => {
          try {
            connection ??= await connect(address);
            const rows = await connection.query(text, values);
            write(label, text, rows.length ? rows.map(showRow) : ["ok"]);
            return { kind: "value", value: rows };
          } catch (error) {
            const { code, message, name } = error as Error & { code?: string };
            write(label, text, [`error ${code ?? name}: ${message}`]);
            return { kind: "error", code, name, message };
          }
        },
      };
    },
    clients: async () => {
      const rows = await shown(bouncer, "SHOW CLIENTS", database);
      write("console", "SHOW CLIENTS", counted(rows));
      return rows;
    },
    servers: async () => {
      const rows = await shown(bouncer, "SHOW SERVERS", database);
      write("console", "SHOW SERVERS", counted(rows));
      return rows;
    },
    activity: async () => {
      const rows = await direct.query(
        `select state, application_name from pg_stat_activity
         where datname = current_database() and application_name <> 'witness' and backend_type = 'client backend' order by 1, 2`,
      );
      write("postgres", "select state, application_name from pg_stat_activity", counted(rows));
      return rows;
    },
    truth: async (text) => {
      const rows = await direct.query(text);
      write("postgres", text, rows.length ? rows.map(showRow) : ["no rows"]);
      return rows;
    },
    hold: async (text) => {
      const holder = await connect({ port: postgresPort, user: "postgres", database, application_name: "witness" });
      ends.unshift(() => holder.end());
      await holder.query("begin");
      await holder.query(text);
      write("postgres", `begin; ${text}`, []);
      return {
        letGo: async () => {
          await holder.query("rollback");
          write("postgres", "rollback", []);
        },
      };
    },
    restartBouncer: async () => {
      await bouncer.restart();
      lines.push(`${"".padEnd(9)} … PgBouncer was ended and started again`);
    },
    wait: async (ms) => {
      await sleep(ms);
      lines.push(`${"".padEnd(9)} … ${ms / 1000} s later`);
    },
    onEnd: (end) => ends.unshift(end),
    lines: () => lines,
    write,
    end: async () => {
      for (const end of ends) await end().catch(() => {});
    },
  };
}

function actor(
  label: string,
  application: Application,
  sent: readonly Sent[],
  write: (who: string, what: string, result: readonly string[]) => void,
): Actor {
  const begin = (name: string, ...args: readonly unknown[]) => {
    const pending = application.call([[name, ...args]], "at once", patience);
    return {
      answer: async () => {
        const [answer] = await pending;
        write(label, showCall([name, ...args]), [showAnswer(answer!)]);
        return answer!;
      },
    };
  };
  const beginTogether = (...calls: readonly Call[]) => {
    const pending = application.call(calls, "at once", patience);
    return {
      answers: async () => {
        const answers = await pending;
        write(
          label,
          `${countedTexts(calls.map(showCall)).join(" and ")} at once`,
          countedTexts(answers.map(showAnswer)),
        );
        return answers;
      },
    };
  };
  return {
    call: (name, ...args) => begin(name, ...args).answer(),
    begin,
    together: (...calls) => beginTogether(...calls).answers(),
    beginTogether,
    repeat: async (times, ...call) => {
      const answers = await application.call(Array<Call>(times).fill(call), "one after another", patience * 3);
      write(label, `${showCall(call)} ${times} times, one after another`, countedTexts(answers.map(showAnswer)));
      return answers;
    },
    exit: async (wait) => {
      const code = await application.exit(wait);
      const cause = application
        .log()
        .split("\n")
        .filter((line) => /^(error|Error): |^Emitted/.test(line));
      const state = code === undefined ? "still runs" : `the process ended with exit code ${code}`;
      write(label, state, code === undefined ? [] : cause.map((line) => line.trim()));
      return code;
    },
    log: application.log,
    wrote: () => {
      const lines = application.log().split("\n").filter(Boolean);
      write(label, lines.length ? "printed" : "printed nothing", lines);
    },
    sent,
  };
}

async function shown(bouncer: Bouncer, command: string, database: string): Promise<readonly Row[]> {
  const rows = await bouncer.admin(command);
  return rows
    .filter((row) => row.database === database)
    .map((row) => ({
      state: String(row.state).replace(",", ", "),
      application_name: row.application_name,
      ...(command === "SHOW SERVERS" ? { linked: row.link ? "yes" : "no" } : {}),
    }));
}

/** Equal rows as one line with their number, sorted, so that the order of connecting does not show. */
function counted(rows: readonly Row[]): readonly string[] {
  return rows.length ? countedTexts(rows.map(showRow).sort()) : ["none"];
}

function countedTexts(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count === 1 && texts.length === 1 ? text : `${count} × ${text}`));
}

function showCall([name, ...args]: Call): string {
  return `${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
}

function showRow(row: Row): string {
  return Object.entries(row)
    .map(([name, value]) => `${name}=${value === null ? "null" : JSON.stringify(value)}`)
    .join(" ");
}

function showAnswer(answer: Answer): string {
  switch (answer.kind) {
    case "value":
      return answer.value === null ? "ok" : JSON.stringify(answer.value);
    case "error":
      return `error ${answer.code ?? answer.name}: ${answer.message}`;
    case "silence":
      return `no answer within ${answer.waited / 1000} s`;
    case "gone":
      return `the process ended with exit code ${answer.code}`;
  }
}

/** Process ids, ports and temporary folders differ from run to run and prove nothing. */
function normal(line: string): string {
  return line
    .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")
    .replace(/\(PID:? ?\d+\)/gi, "(PID <pid>)")
    .replace(/case_\d+_\d+/g, "app");
}
