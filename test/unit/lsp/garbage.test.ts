import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { collectWhenQuiet } from "../../../server/src/lsp/garbage.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A megabyte that nothing holds. */
async function leaveBehind(): Promise<WeakRef<object>> {
  const left = new WeakRef(Array.from({ length: 100_000 }, (_, at) => ({ at })));
  // What a reference was made of is held until the turn is over.
  await new Promise(setImmediate);
  return left;
}

test("what work leaves behind is collected when nothing has happened for a while", async () => {
  const garbage = collectWhenQuiet(() => {});
  const left = await leaveBehind();
  garbage.worked();
  vi.advanceTimersByTime(10_000);

  expect(left.deref()).toBeUndefined();
});

test("nothing is collected while work goes on, nor after the end", async () => {
  const garbage = collectWhenQuiet(() => {});
  for (let key = 0; key < 20; key++) {
    garbage.worked();
    vi.advanceTimersByTime(2_000);
    expect(vi.getTimerCount()).toBe(1);
  }
  garbage.stop();

  expect(vi.getTimerCount()).toBe(0);
});
