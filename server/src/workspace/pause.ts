import { setImmediate } from "node:timers/promises";

/** Longest time without a look at the event loop, in ms: a fraction of a keystroke's budget. */
const slice = 6;

/** Gives the event loop its turn when it is time; answers true where the work is to end. `false` is not worth an `await`: there are thousands. */
export const createPause = (
  signal: AbortSignal | undefined,
  progress: () => void,
): (() => Promise<boolean> | boolean) => {
  let last = performance.now();
  return () => {
    if (signal?.aborted) return true;
    if (performance.now() - last < slice) return false;
    progress();
    return setImmediate().then(() => {
      last = performance.now();
      return signal?.aborted ?? false;
    });
  };
};
