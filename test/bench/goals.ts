import { runtimeName } from "./peers.ts";
import { megabytes, ms, type Table, times } from "./table.ts";

type Figures = Readonly<Record<string, number>>;

/** One line of what the product is to cost, with what it does cost. */
interface Goal {
  readonly what: string;
  readonly goal: string;
  readonly parts: readonly Part[];
  /** Why it costs more, as far as measurements tell. Shown as long as the goal is missed. */
  readonly why?: string | ((figures: Figures) => string);
}

/** What is measured, and the most that it may be. */
interface Part {
  value(figures: Figures): number;
  readonly most: number;
  readonly print: (value: number) => string;
}

const figure = (name: string, most: number, print: Part["print"] = ms): Part => ({
  value: (figures) => figures[name] ?? Number.NaN,
  most,
  print,
});

const ratio = (one: string, other: string, most: number, print: Part["print"]): Part => ({
  value: (figures) => (figures[one] ?? Number.NaN) / (figures[other] ?? Number.NaN),
  most,
  print,
});

/** A letter, a new variable and a new function: each of them is a key. */
const typed = (document: string, p50: number, p95?: number): readonly Part[] =>
  ["", ", a new variable", ", a new function"].flatMap((what) => {
    const print: Part["print"] = (value) => (what === "" ? ms(value) : `${ms(value)} with${what.slice(1)}`);
    const half = figure(`${document} p50${what}`, p50, print);
    return p95 === undefined ? [half] : [half, figure(`${document} p95${what}`, p95, print)];
  });

const cold = "bouncer-safe check";
const warm = "bouncer-safe check, warm";
const eslint = "ESLint, 3 typed rules";
const to =
  (name: string): Part["print"] =>
  (value) =>
    `${times(value)} ${name}`;
/** What the runtime alone takes on a tree, beside the floor where that says more. */
const start = (figures: Figures, tree: string, floor?: string): string => {
  const alone = figures[`${tree} ${runtimeName}`] ?? Number.NaN;
  const beside =
    floor === undefined ? "" : `, ${times(alone / (figures[floor] ?? Number.NaN))} what \`rg\` takes in all`;
  return `${ms(alone)} of it are the start and end of the runtime alone${beside}`;
};
const fraction: Part["print"] = (value) => `1/${(1 / value).toFixed(0)} of it`;
const power: Part["print"] = (value) => value.toFixed(2);

export const goals: readonly Goal[] = [
  {
    what: "cold check, 41k files",
    goal: "≤ 1.6 × `rg`, ≤ 0.5 × oxlint",
    why: "a second thread searches, everything else is on one: linking takes about half, parsing and lowering a third. Every one of the tree's files with a driver begins transactions, so that all of them are parsed; in applications that mostly read and write rows half of them are not",
    parts: [
      ratio(`41000 ${cold}`, "41000 rg -l", 1.6, to("`rg`")),
      ratio(`41000 ${cold}`, "41000 oxlint", 0.5, to("oxlint")),
    ],
  },
  {
    what: "cold check, 7k files with 250 candidates",
    goal: "≤ 1.0 × oxlint",
    why: "the same; oxlint parses on two threads and links nothing",
    parts: [ratio(`7000 ${cold}`, "7000 oxlint", 1, to("oxlint"))],
  },
  {
    what: "cold check, 600 files",
    goal: "≤ 0.45 s",
    why: (figures) => start(figures, "600"),
    parts: [figure(`600 ${cold}`, 450)],
  },
  {
    what: "against ESLint typed, same tree",
    goal: "≥ 60 × faster, ≤ 1/12 of the memory",
    why: (figures) => `${start(figures, "600")}; with the start of the engine and the parser it is a third`,
    parts: [
      ratio(`600 ${cold}`, `600 ${eslint}`, 1 / 60, (value) => `${times(1 / value)} faster`),
      ratio(`600 ${cold} memory`, `600 ${eslint} memory`, 1 / 12, fraction),
    ],
  },
  {
    what: "no database code",
    goal: "≤ 1.1 × `rg` + 80 ms, TypeScript never loaded",
    why: (figures) =>
      `${start(figures, "no database")}; walking and searching are on one thread up to 8,192 files, as a second one costs more than it gives`,
    parts: [
      {
        value: (figures) => (figures[`no database ${cold}`] ?? Number.NaN) - 1.1 * (figures["no database rg -l"] ?? 0),
        most: 80,
        print: (value) => `1.1 × \`rg\` + ${ms(value)}`,
      },
    ],
  },
  {
    what: "warm check, nothing changed",
    goal: "≤ 1.0 × `rg` at ≥ 7k files, 0.15 s at 600",
    why: (figures) => `${start(figures, "7000", "7000 rg -l")}; then every file is asked whether it changed`,
    parts: [ratio(`7000 ${warm}`, "7000 rg -l", 1, to("`rg`")), figure(`600 ${warm}`, 150)],
  },
  {
    what: "key → diagnostics, 2,000 lines",
    goal: "p50 ≤ 8 ms, p95 ≤ 16",
    why: "an answer that changes nothing takes 0.4 ms over the pipe: the rest is the engine on the main thread (of 7.3 ms in process, parser and lowering had 2.8, linking 2.9, rules 1.3) and V8, which still compiles during the first hundred keys",
    parts: typed("2000 lines", 8, 16),
  },
  {
    what: "the same, 10,000 lines",
    goal: "p50 ≤ 20 ms, p95 ≤ 40",
    why: "in process 23 to 26 ms, of which parser and lowering take 13: the incremental parser moves every token behind the edit",
    parts: typed("10000 lines", 20, 40),
  },
  {
    what: "the same, 3,000 lines of Python",
    goal: "a frame or two: p50 ≤ 33 ms",
    parts: typed("3000 lines of Python", 33),
  },
  { what: "edit in a `db.ts` that 300 files import", goal: "p95 ≤ 50 ms", parts: [figure("hub", 50)] },
  {
    what: "memory, 10k files",
    goal: "server ≤ 140 MB, CLI peak ≤ 180; 40k files ≤ 250",
    why: "after the scan 66 MB of facts and values are in use, 170 kB a file that is analysed; the rest is the runtime, both parsers and room that V8 keeps",
    parts: [
      figure("server 10000", 140e6, megabytes),
      figure("command line 10000", 180e6, megabytes),
      figure("server 40000", 250e6, megabytes),
    ],
  },
  {
    what: "`initialize`",
    goal: "≤ 100 ms",
    why: (figures) => start(figures, "600"),
    parts: [figure("initialize", 100)],
  },
  {
    what: "start → first diagnostic",
    goal: "≤ 220 ms cached, ≤ 480 ever",
    why: "the answer waits until all of the 600 files are known and linked, in code that runs for the first time: half of it is linking, a quarter parsing and lowering, a tenth the scan",
    parts: [figure("first diagnostics", 220), figure("first diagnostics ever", 480)],
  },
  {
    what: "growth, 1k → 30k files",
    goal: "exponent ≤ 1.0, link step ≤ 1.05",
    parts: [figure("growth", 1, power), figure("growth of the link", 1.05, power)],
  },
  {
    what: "bundle",
    goal: "≤ 4.8 MB + SQL parser, ≤ 1.9 MB gzip in all",
    parts: [
      figure("bundle", 4.8e6, (value) => megabytes(value, 1)),
      figure("bundle zipped", 1.9e6, (value) => `${megabytes(value, 2)} gzip`),
    ],
  },
];

/** Every goal with what was measured. What was not measured says so. */
export function goalTable(figures: Figures): Table {
  return {
    title: "The goals",
    how: "The worst of the places, trees and edits that a goal speaks of; how each was measured is said at the tables below.",
    columns: ["what", "goal", "here", ""],
    rows: goals.map(({ what, goal, parts, why }) => {
      const values = parts.map((part) => part.value(figures));
      const isMeasured = values.every((value) => !Number.isNaN(value));
      const isReached = parts.every(({ most }, index) => (values[index] as number) <= most);
      const here = parts.map(({ print }, index) =>
        Number.isNaN(values[index]) ? "?" : print(values[index] as number),
      );
      const verdict = !isMeasured ? "not measured" : isReached ? "reached" : `**missed**${explained(why, figures)}`;
      return [what, goal, here.join(", "), verdict];
    }),
  };
}

function explained(why: Goal["why"], figures: Figures): string {
  if (why === undefined) return "";
  return `: ${typeof why === "string" ? why : why(figures)}`;
}
