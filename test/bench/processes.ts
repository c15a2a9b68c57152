import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { median } from "./table.ts";

export interface Command {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Run before each round, outside the clock (to empty a cache). */
  readonly before?: () => void;
}

interface Run {
  /** Milliseconds from spawn to exit. */
  readonly ms: number;
  /** Milliseconds of processor time of the process and its children, all threads together; 0 where /proc does not tell. */
  readonly processor: number;
  /** Peak resident bytes of the process and its children together, seen every 5 ms; 0 where /proc does not tell. */
  readonly bytes: number;
}

export interface Measured {
  readonly name: string;
  readonly ms: number;
  readonly processor: number;
  readonly bytes: number;
}

/** Runs the commands in turn, round after round, so that all see the same machine; medians. The first round warms the page cache and is not counted. */
export async function compare(commands: readonly Command[], rounds: number): Promise<readonly Measured[]> {
  const runs = new Map<string, Run[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const command of commands) {
      command.before?.();
      const run = await measure(command);
      if (round > 0) runs.get(command.name)?.push(run);
    }
  }
  return [...runs].map(([name, all]) => ({
    name,
    ms: median(all.map((run) => run.ms)),
    processor: median(all.map((run) => run.processor)),
    bytes: median(all.map((run) => run.bytes)),
  }));
}

/** One run of a command; what it prints is dropped, and its exit code says nothing (a linter that finds something exits with 1). */
async function measure({ command, arguments: words, cwd, environment }: Command): Promise<Run> {
  const start = performance.now();
  const child = spawn(command, words, { cwd, stdio: "ignore", env: { ...process.env, ...environment } });
  let peak = 0;
  let processor = 0;
  const look = (): void => {
    if (child.pid === undefined) return;
    peak = Math.max(peak, residentBytes(child.pid));
    processor = Math.max(processor, processorTime(child.pid));
  };
  const looking = setInterval(look, 5);
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", () => resolve());
  });
  const ms = performance.now() - start;
  clearInterval(looking);
  return { ms, processor, bytes: peak };
}

/** Milliseconds of processor time that a process and what it started have had, in steps of 10. */
export function processorTime(pid: number): number {
  try {
    // After the name, which may hold anything: the state is field 3, the times of the process in user and system mode are 14 and 15.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    let ticks = Number(fields[11]) + Number(fields[12]);
    for (const child of childrenOf(pid)) ticks += processorTime(child) / 10;
    return ticks * 10;
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): readonly number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")
      .split(" ")
      .filter((child) => child !== "")
      .map(Number),
  );
}

/** Resident bytes of a process and what it started, now. */
export function residentBytes(pid: number): number {
  try {
    const own = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    let sum = own === null ? 0 : Number(own[1]) * 1024;
    for (const child of childrenOf(pid)) sum += residentBytes(child);
    return sum;
  } catch {
    // It has gone, or there is no /proc.
    return 0;
  }
}
