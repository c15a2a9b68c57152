/** One table of the results. Cells are text already, with their units. */
export interface Table {
  readonly title: string;
  /** What was measured and how, in a sentence or two. */
  readonly how: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a benchmark found: tables to read, and the figures that goals are held against. */
export interface Outcome {
  readonly tables: readonly Table[];
  readonly figures: Readonly<Record<string, number>>;
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** The value below which this share of the numbers lies; NaN of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Milliseconds with as many digits as mean something. */
export const ms = (value: number): string =>
  value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(value < 100 ? 1 : 0)} ms`;

export const megabytes = (bytes: number, digits = 0): string => `${(bytes / 1e6).toFixed(digits)} MB`;

export const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;

export function markdown({ title, how, columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [`## ${title}`, "", how, "", line(columns), line(columns.map(() => "---")), ...rows.map(line), ""].join("\n");
}
