import { type ChildProcess, fork, spawn } from "node:child_process";
import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { driversModules, node24 } from "./drivers.ts";
import { python } from "./python.ts";

/** What came back from a call into the application. */
export type Answer =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "error"; readonly code: string | undefined; readonly name: string; readonly message: string }
  | { readonly kind: "silence"; readonly waited: number }
  | { readonly kind: "gone"; readonly code: number | null };

/** The name of an export and its arguments. */
export type Call = readonly [name: string, ...args: unknown[]];

/** How several calls follow each other. */
export type Order = "at once" | "one after another";

/** An example that runs in a process of its own. */
export interface Application {
  /** Calls exports, all at once or one after another; an answer is `silence` where `patience` ms are not enough for it. */
  call(calls: readonly Call[], order: Order, patience: number): Promise<readonly Answer[]>;
  /** Resolves with the exit code once the process is gone, `undefined` where it still runs after `patience` ms. */
  exit(patience: number): Promise<number | undefined>;
  /** What it wrote to standard output and standard error. */
  printed(): string;
  end(): Promise<void>;
}

const hostOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const nodeHost = hostOf("./application-host.mjs");
const pythonHost = hostOf("./application-host.py");

/** Starts a source file: a Python one as it is, others transpiled, on node 24 with the proofs' drivers at hand. */
export async function startApplication(
  source: string,
  runFolder: string,
  environment: Readonly<Record<string, string>>,
): Promise<Application> {
  const folder = mkdtempSync(join(runFolder, "application-"));
  const env = { PATH: process.env.PATH, HOME: folder, NODE_ENV: "production", ...environment };
  if (source.endsWith(".py")) {
    const program = python()?.program ?? "python3";
    // Without bytecode: a `__pycache__` beside the sources would be a file of nobody's.
    const words = ["-B", pythonHost, source];
    return hosted(spawn(program, words, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe", "ipc"] }));
  }
  symlinkSync(driversModules, join(folder, "node_modules"));
  const module = join(folder, "application.mjs");
  const bundle = await build({
    entryPoints: [source],
    bundle: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node24",
    write: false,
    sourcemap: "inline",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  writeFileSync(module, bundle.outputFiles[0]!.contents);
  const child = fork(nodeHost, [module], {
    execPath: node24,
    execArgv: ["--enable-source-maps"],
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  return hosted(child);
}

async function hosted(child: ChildProcess): Promise<Application> {
  let log = "";
  let requests = 0;
  const open = new Map<number, (at: number, answer: Answer) => void>();
  const keep = (chunk: Buffer) => {
    log += chunk.toString();
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const ready = new Promise<void>((resolve) => {
    child.on("message", (message: Message) => {
      if ("ready" in message) return resolve();
      open.get(message.id)?.(message.at, message.answer);
    });
  });
  await Promise.race([
    ready,
    gone.then((code) =>
      Promise.reject(new Error(`the application ended with code ${code} before it was ready:\n${log}`)),
    ),
  ]);

  return {
    call: (calls, order, patience) => {
      const id = requests++;
      const came: (Answer | undefined)[] = calls.map(() => undefined);
      return new Promise((resolve) => {
        const finish = (instead: Answer) => {
          clearTimeout(timer);
          open.delete(id);
          resolve(came.map((answer) => answer ?? instead));
        };
        const timer = setTimeout(() => finish({ kind: "silence", waited: patience }), patience);
        open.set(id, (at, answer) => {
          came[at] = answer;
          if (came.every((each) => each !== undefined)) finish(answer);
        });
        gone.then((code) => finish({ kind: "gone", code }));
        child.send({ id, calls, order });
      });
    },
    exit: (patience) => {
      const timer = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience));
      return Promise.race([gone.then((code) => code ?? -1), timer]);
    },
    printed: () => log,
    end: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

type Message = { readonly ready: true } | { readonly id: number; readonly at: number; readonly answer: Answer };
