import { parentPort, workerData } from "node:worker_threads";
import type { WorkspaceProblem } from "./problems.ts";
import type { Batch, Found } from "./search.ts";
import { readSource } from "./sources.ts";

/** The second thread of `search.ts`: searches each batch that it is handed and that nobody has taken yet. */
const claims = new Int32Array(workerData as SharedArrayBuffer);

parentPort?.on("message", (batch: Batch | undefined) => {
  if (!batch) {
    parentPort?.close();
    return;
  }
  const { index, paths } = batch;
  if (Atomics.compareExchange(claims, index, 0, 1) !== 0) return;
  const problems: WorkspaceProblem[] = [];
  const sources = paths.map((path) => readSource(path, (problem) => problems.push(problem)));
  parentPort?.postMessage({ index, sources, problems } satisfies Found);
});
