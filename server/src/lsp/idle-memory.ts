import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Nobody types for this long: a pause of some milliseconds is not felt. */
const idle = 3_000;

let timer: NodeJS.Timeout | undefined;
let collect: (() => void) | undefined;

/**
 * Gives memory back once nothing has been analysed for a while. A scan and every key leave garbage that V8 would keep, several times what
 * is in use, until it needs the room: other programs need it sooner.
 */
export function releaseWhenIdle(): void {
  clearTimeout(timer);
  timer = setTimeout(release, idle);
  timer.unref();
}

function release(): void {
  timer = undefined;
  try {
    collect ??= collector();
    collect();
  } catch {
    // A runtime that does not let itself be told collects when it likes.
  }
}

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
