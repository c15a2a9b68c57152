import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { coldCheck } from "./peers.ts";
import { type Command, compare } from "./processes.ts";
import type { Setting } from "./setting.ts";
import { megabytes, ms, type Outcome } from "./table.ts";
import { writeTree } from "./trees.ts";

const sizes = [1_000, 3_000, 10_000, 30_000];

/** (f) How time and memory of a cold check grow with the number of files. */
export async function growth(setting: Setting): Promise<Outcome> {
  const points: Point[] = [];
  for (const files of sizes) {
    const tree = join(setting.scratch, `growth-${files}`);
    writeTree(tree, files);
    const command = coldCheck(setting, tree);
    const [measured] = await compare([command], Math.min(3, setting.rounds));
    if (measured === undefined) continue;
    points.push({ files, ms: measured.ms, processor: measured.processor, bytes: measured.bytes, link: link(command) });
  }
  const power = (of: (point: Point) => number): number => exponent(points.map((point) => [point.files, of(point)]));
  const figures = { growth: power(({ ms }) => ms), "growth of the link": power((point) => point.link) };
  const table = {
    title: "Growth",
    how: `Cold check, whole process. Between the smallest and the largest tree the time grows with the power ${figures.growth.toFixed(2)} of the number of files, the link step with ${figures["growth of the link"].toFixed(2)}, the processor time with ${power(({ processor }) => processor).toFixed(2)}, the memory with ${power(({ bytes }) => bytes).toFixed(2)}.`,
    columns: ["files", "time", "of it link", "processor", "memory"],
    rows: points.map((point) => [
      String(point.files),
      ms(point.ms),
      ms(point.link),
      ms(point.processor),
      megabytes(point.bytes),
    ]),
  };
  const largest = points.find(({ files }) => files === 10_000)?.bytes ?? Number.NaN;
  return { tables: [table], figures: { ...figures, "command line 10000": largest } };
}

interface Point {
  readonly files: number;
  readonly ms: number;
  /** The link step alone, in one run. */
  readonly link: number;
  readonly processor: number;
  readonly bytes: number;
}

function link({ command, arguments: words, cwd }: Command): number {
  const { stderr } = spawnSync(command, [...words, "--timing"], { cwd, encoding: "utf8", maxBuffer: 1e9 });
  return Number(/^link\s+([\d.]+) ms/m.exec(stderr)?.[1] ?? Number.NaN);
}

/** The slope of the line through the points on logarithmic axes, by least squares. */
function exponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(logs.map(([x]) => x)), mean(logs.map(([, y]) => y))];
  const over = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
