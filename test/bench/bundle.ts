import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Setting } from "./setting.ts";
import { megabytes, type Outcome } from "./table.ts";

const files = ["extension.js", "start.js", "service.js", "engine.js", "typescript.js", "libpg-query.wasm"];

/** What people download. */
export async function bundle({ dist }: Setting): Promise<Outcome> {
  const sizes = files.map((name) => {
    const content = readFileSync(join(dist, name));
    return { name, bytes: content.length, zipped: gzipSync(content).length };
  });
  const sum = (of: readonly number[]): number => of.reduce((all, one) => all + one, 0);
  const own = sum(sizes.filter(({ name }) => name.endsWith(".js")).map(({ bytes }) => bytes));
  const zipped = sum(sizes.map((one) => one.zipped));
  const table = {
    title: "Bundles",
    how: "The last one is the parser of PostgreSQL.",
    columns: ["file", "size", "gzip"],
    rows: sizes.map((one) => [one.name, megabytes(one.bytes, 2), megabytes(one.zipped, 2)]),
  };
  return { tables: [table], figures: { bundle: own, "bundle zipped": zipped } };
}
