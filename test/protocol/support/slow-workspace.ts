import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type ScanOptions, Workspace } from "../../../server/src/workspace.ts";

/** A workspace whose scan lasts as long as its first folder holds a file `scan-waits`. */
export class SlowWorkspace extends Workspace {
  override async scan(options: ScanOptions = {}): Promise<void> {
    for (let seen = 0; existsSync(`${this.roots[0]}/scan-waits`); seen += 1000) {
      if (options.signal?.aborted) return;
      options.progress?.(seen);
      await wait(5);
    }
    await super.scan(options);
  }
}
