import { join } from "node:path";
import { processorTime } from "./processes.ts";
import { startServer, Typing } from "./session.ts";
import type { Setting } from "./setting.ts";
import { median, ms, type Outcome } from "./table.ts";
import { longSource, writeTree } from "./trees.ts";

/** (c) From the start of the server to its answer to `initialize`, and to the first diagnostics of a document. */
export async function start(setting: Setting): Promise<Outcome> {
  const tree = join(setting.scratch, "start");
  writeTree(tree, 600);
  const first = await starts(setting, tree, (round) => join(setting.scratch, `code-${round}`));
  const later = await starts(setting, tree, () => join(setting.scratch, "code"));
  const table = {
    title: "Start",
    how: `From the start of the process, medians of ${later.length}. The document has 200 lines and stands in a workspace of 600 files. The first start ever has no compiled code from an earlier one.`,
    columns: ["what", "best", "median", "worst", "processor"],
    rows: [
      row("answer to `initialize`, first start ever", first, "initialized"),
      row("first diagnostics, first start ever", first, "diagnosed"),
      row("answer to `initialize`", later, "initialized"),
      row("first diagnostics", later, "diagnosed"),
    ],
  };
  return {
    tables: [table],
    figures: {
      initialize: median(later.map(({ initialized }) => initialized.clock)),
      "first diagnostics": median(later.map(({ diagnosed }) => diagnosed.clock)),
      "first diagnostics ever": median(first.map(({ diagnosed }) => diagnosed.clock)),
    },
  };
}

interface Moment {
  readonly clock: number;
  readonly processor: number;
}

interface Start {
  readonly initialized: Moment;
  readonly diagnosed: Moment;
}

/** Starts the server again and again. `cache`: the folder for what one start leaves to the next. The first start warms up and is not counted. */
async function starts(setting: Setting, tree: string, cache: (round: number) => string): Promise<readonly Start[]> {
  const all: Start[] = [];
  const before = process.env.BOUNCER_SAFE_CACHE;
  for (let round = 0; round <= setting.rounds * 2; round++) {
    process.env.BOUNCER_SAFE_CACHE = cache(round);
    const begun = performance.now();
    const client = await startServer(setting, tree);
    const pid = client.process.pid as number;
    const initialized = { clock: performance.now() - begun, processor: processorTime(pid) };
    await new Typing(client, join(tree, "src/opened.ts"), longSource(200)).openFaulty();
    const diagnosed = { clock: performance.now() - begun, processor: processorTime(pid) };
    // What is left for the next start is written when there is time.
    if (round === 0) await new Promise((resolve) => setTimeout(resolve, 3_000));
    await client.stop();
    if (round > 0) all.push({ initialized, diagnosed });
  }
  if (before === undefined) delete process.env.BOUNCER_SAFE_CACHE;
  else process.env.BOUNCER_SAFE_CACHE = before;
  return all;
}

const row = (what: string, starts: readonly Start[], which: keyof Start): string[] => {
  const clock = starts.map((one) => one[which].clock);
  const processor = median(starts.map((one) => one[which].processor));
  return [what, ...[Math.min(...clock), median(clock), Math.max(...clock), processor].map(ms)];
};
