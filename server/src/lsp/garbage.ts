import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Ms without a new outcome after which nobody is likely to type just now: a collection stops everything for a tenth of a second. */
const quiet = 4_000;

/** Ms until the second one: pages that the first one emptied are given back by the next. */
const sweeping = 1_000;

/** Bytes that the heap must have grown by since the last collection. */
const worthwhile = 48 * 1_048_576;

/** Gives the memory of past work back when nothing happens any more. */
export interface Garbage {
  /** To be called after each piece of work. */
  worked(): void;
  stop(): void;
}

/**
 * V8 collects when it needs room: what a thousand keys left behind, more than the server needs itself, would stay for as long as nobody types
 * (300 MB, of which 150 remain).
 *
 * @param rest other work that waits for such a time
 */
export function collectWhenQuiet(rest: () => void): Garbage {
  let kept = 0;
  let timer: NodeJS.Timeout | undefined;
  const after = (ms: number, work: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(work, ms).unref();
  };
  const begin = (): void => {
    rest();
    if (heapBytes() - kept < worthwhile) return;
    collect();
    after(sweeping, end);
  };
  const end = (): void => {
    collect();
    kept = heapBytes();
  };
  return { worked: () => after(quiet, begin), stop: () => clearTimeout(timer) };
}

const heapBytes = (): number => getHeapStatistics().total_heap_size;

let collector: (() => void) | undefined;

/** V8 hands its collector to new contexts alone. The flag does not stay: code that was compiled under other flags is not taken from the cache. */
function collect(): void {
  if (!collector) {
    setFlagsFromString("--expose-gc");
    collector = runInNewContext("gc") as () => void;
    setFlagsFromString("--no-expose-gc");
  }
  collector();
}
