/** Longest time without a look at the event loop, in ms: a fraction of a keystroke's budget. */
const slice = 6;

/** Gives the event loop its turn when it is time; answers true where the work is to end. A plain answer is not worth an `await`: there are thousands. */
export const createPause = (
  signal: AbortSignal | undefined,
  progress: () => void,
): (() => Promise<boolean> | boolean) => {
  // Asked for every file: the finer clock takes ten times as long.
  let last = Date.now();
  return () => {
    if (signal?.aborted) return true;
    if (Math.abs(Date.now() - last) < slice) return false;
    progress();
    return new Promise((resolve) => {
      setImmediate(() => {
        last = Date.now();
        resolve(signal?.aborted ?? false);
      });
    });
  };
};
