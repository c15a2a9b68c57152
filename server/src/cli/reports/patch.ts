import { decode } from "../../workspace/read.ts";

/** Lines around a change that a patch repeats. */
const around = 3;

interface Line {
  readonly sign: " " | "-" | "+";
  /** With its end. */
  readonly text: string;
}

/** The change of a file as a unified diff, which `patch -p1` and `git apply` take; "" where nothing changes. */
export const printPatch = (path: string, before: Buffer, after: Buffer): string => {
  const script = changes(linesOf(textOf(before)), linesOf(textOf(after)));
  const changed = script.flatMap(({ sign }, index) => (sign === " " ? [] : [index]));
  const hunks: [start: number, end: number][] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    if (last && index - around <= last[1]) last[1] = index + 1 + around;
    else hunks.push([Math.max(0, index - around), index + 1 + around]);
  }
  const written = hunks.map(([start, end]) => hunk(script, start, end));
  return written.length ? `--- a/${path}\n+++ b/${path}\n${written.join("")}` : "";
};

const hunk = (script: readonly Line[], start: number, end: number): string => {
  const count = (lines: readonly Line[], without: Line["sign"]): number =>
    lines.filter(({ sign }) => sign !== without).length;
  const [before, inside] = [script.slice(0, start), script.slice(start, end)];
  const range = (without: Line["sign"]): string => {
    const length = count(inside, without);
    return `${count(before, without) + (length > 0 ? 1 : 0)},${length}`;
  };
  const lines = inside.map(({ sign, text }) =>
    text.endsWith("\n") ? sign + text : `${sign}${text}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range("+")} +${range("-")} @@\n${lines.join("")}`;
};

/** With its byte order mark, except where no patch can be in the encoding. */
const textOf = (bytes: Buffer): string => {
  const { text, encoding } = decode(bytes);
  return encoding === "utf-8 with bom" ? `\ufeff${text}` : text;
};

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** The fewest lines to take out and to put in: E. W. Myers, "An O(ND) difference algorithm and its variations", 1986. */
const changes = (before: readonly string[], after: readonly string[]): readonly Line[] => {
  // By diagonal, how far into `before` one gets; one such table for each number of changes.
  let reach = new Map([[1, 0]]);
  const tables: ReadonlyMap<number, number>[] = [];
  const isDown = (table: ReadonlyMap<number, number>, diagonal: number, steps: number): boolean =>
    diagonal === -steps || (diagonal !== steps && table.get(diagonal - 1)! < table.get(diagonal + 1)!);
  search: for (let steps = 0; ; steps++) {
    tables.push(reach);
    reach = new Map(reach);
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let at = isDown(reach, diagonal, steps) ? reach.get(diagonal + 1)! : reach.get(diagonal - 1)! + 1;
      while (at < before.length && at - diagonal < after.length && before[at] === after[at - diagonal]) at++;
      reach.set(diagonal, at);
      if (at >= before.length && at - diagonal >= after.length) break search;
    }
  }
  const script: Line[] = [];
  let [at, to] = [before.length, after.length];
  for (let steps = tables.length - 1; steps >= 0; steps--) {
    const table = tables[steps]!;
    const diagonal = at - to;
    const down = isDown(table, diagonal, steps);
    const from = table.get(down ? diagonal + 1 : diagonal - 1)!;
    const start = down ? from : from + 1;
    while (at > start) {
      script.push({ sign: " ", text: before[--at]! });
      to--;
    }
    if (steps > 0) script.push(down ? { sign: "+", text: after[--to]! } : { sign: "-", text: before[--at]! });
  }
  return script.reverse();
};
