import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import type { WorkspaceProblem } from "./problems.ts";
import { readSource, type Source } from "./sources.ts";

/** Files for the second thread. */
export interface Batch {
  readonly index: number;
  readonly paths: readonly string[];
}

/** What was found in them, in their order; undefined for a file that is left out. */
export interface Found {
  readonly index: number;
  readonly sources: readonly (Source | undefined)[];
  readonly problems: readonly WorkspaceProblem[];
}

/** Files that a thread takes at a time. */
const batchSize = 128;
/** Batches that are worth a second thread: to start it costs as much processor time as to search 4,000 files. */
const enough = 64;
/** Batches that have a place among the claims: a million files. Whatever comes after is the first thread's. */
const most = 8_192;

/** The bundle of `search-thread.ts`, beside every bundle that this file is part of. Where there is none, one thread does it all. */
const ownProgram = typeof __dirname === "undefined" ? undefined : join(__dirname, "search.js");

/**
 * Searches sources while others are still being found: a second thread from the first batch on, the first thread, once it has found them all, from the last
 * one back, until they meet. Who did what is not to be seen in the result, and a batch that the second thread took and never answers is searched again.
 */
export class Search {
  readonly #program: string | undefined;
  readonly #enough: number;
  readonly #batches: string[][] = [[]];
  readonly #found: (Found | undefined)[] = [];
  /** 1 where a thread has taken a batch. */
  readonly #claims = new Int32Array(new SharedArrayBuffer(4 * most));
  #thread: Worker | undefined;
  #state: "alone" | "starting" | "together" | "ended" = "alone";
  #told: () => void = () => {};

  constructor(program = ownProgram, worth = enough) {
    this.#program = program;
    this.#enough = worth;
  }

  add(path: string): void {
    const last = this.#batches.length - 1;
    const open = this.#batches[last]!;
    open.push(path);
    if (open.length < batchSize) return;
    this.#batches.push([]);
    if (this.#thread) this.#hand(last);
    else if (this.#state === "alone" && last + 1 === this.#enough) this.#start();
  }

  /** What was found in all that was added, in its order; undefined where `pause` says that the work is to end. */
  async finish(
    pause: () => Promise<boolean> | boolean,
  ): Promise<{ readonly sources: Map<string, Source>; readonly problems: readonly WorkspaceProblem[] } | undefined> {
    try {
      for (let index = this.#batches.length - 1; index >= 0; index--)
        if (this.#claim(index) && !(await this.#search(index, pause))) return undefined;
      for (let index = 0; index < this.#batches.length; index++) {
        while (!this.#found[index] && this.#state === "together")
          await new Promise<void>((resolve) => {
            this.#told = resolve;
          });
        if (!this.#found[index] && !(await this.#search(index, pause))) return undefined;
      }
    } finally {
      this.end();
    }
    const sources = new Map<string, Source>();
    for (const [index, paths] of this.#batches.entries())
      for (const [at, path] of paths.entries()) {
        const source = this.#found[index]!.sources[at];
        if (source) sources.set(path, source);
      }
    return { sources, problems: this.#found.flatMap((one) => one!.problems) };
  }

  /** Lets the second thread go, whatever is left to do. */
  end(): void {
    this.#state = "ended";
    this.#claims.fill(1);
    this.#thread?.postMessage(undefined);
    this.#thread?.unref();
    this.#thread = undefined;
  }

  /** True for who comes first. */
  #claim(index: number): boolean {
    return index >= most || Atomics.compareExchange(this.#claims, index, 0, 1) === 0;
  }

  async #search(index: number, pause: () => Promise<boolean> | boolean): Promise<boolean> {
    const sources: (Source | undefined)[] = [];
    const problems: WorkspaceProblem[] = [];
    for (const path of this.#batches[index]!) {
      sources.push(readSource(path, (problem) => problems.push(problem)));
      const due = pause();
      if (due && (await due)) return false;
    }
    this.#found[index] = { index, sources, problems };
    return true;
  }

  #start(): void {
    const program = this.#program;
    if (program === undefined || availableParallelism() < 2 || !existsSync(program)) return;
    this.#state = "starting";
    const lost = (): void => {
      if (this.#state !== "ended") this.#state = "alone";
      this.#thread = undefined;
      this.#told();
    };
    import("node:worker_threads")
      .then(({ SHARE_ENV, Worker }) => {
        if (this.#state === "ended") return;
        this.#thread = new Worker(program, { workerData: this.#claims.buffer, env: SHARE_ENV });
        this.#thread.on("message", (found: Found) => {
          this.#found[found.index] = found;
          this.#told();
        });
        this.#thread.on("error", lost).on("messageerror", lost).on("exit", lost);
        this.#state = "together";
        for (let index = 0; index < this.#batches.length - 1; index++) this.#hand(index);
      })
      .catch(lost);
  }

  #hand(index: number): void {
    if (index < most) this.#thread?.postMessage({ index, paths: this.#batches[index]! } satisfies Batch);
  }
}
