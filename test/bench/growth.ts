import { join } from "node:path";
import { coldCheck } from "./peers.ts";
import { compare } from "./processes.ts";
import type { Setting } from "./setting.ts";
import { megabytes, ms, type Table } from "./table.ts";
import { writeTree } from "./trees.ts";

const sizes = [1_000, 3_000, 10_000, 30_000];

/** (f) How time and memory of a cold check grow with the number of files. */
export async function growth(setting: Setting): Promise<Table> {
  const points: { readonly files: number; readonly ms: number; readonly processor: number; readonly bytes: number }[] =
    [];
  for (const files of sizes) {
    const tree = join(setting.scratch, `growth-${files}`);
    writeTree(tree, files);
    const [measured] = await compare([coldCheck(setting, tree)], Math.min(3, setting.rounds));
    if (measured !== undefined)
      points.push({ files, ms: measured.ms, processor: measured.processor, bytes: measured.bytes });
  }
  return {
    title: "Growth",
    how: `Cold check, whole process. Between the smallest and the largest tree the time grows with the power ${exponent(points.map((point) => [point.files, point.ms])).toFixed(2)} of the number of files, the processor time with ${exponent(points.map((point) => [point.files, point.processor])).toFixed(2)}, the memory with ${exponent(points.map((point) => [point.files, point.bytes])).toFixed(2)}.`,
    columns: ["files", "time", "processor", "memory"],
    rows: points.map((point) => [String(point.files), ms(point.ms), ms(point.processor), megabytes(point.bytes)]),
  };
}

/** The slope of the line through the points on logarithmic axes, by least squares. */
function exponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))];
  const over = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
