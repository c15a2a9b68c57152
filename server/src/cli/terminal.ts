import picocolors from "picocolors";

/** Where the command line writes: the process, or a test's strings. */
export interface Terminal {
  /** The report. */
  out(text: string): void;
  /** Notes and errors. */
  err(text: string): void;
  /** Progress, drawn over itself on the error stream; part of no report. */
  draw(text: string): void;
  readonly colors: ReturnType<typeof picocolors.createColors>;
  /** The error stream is a terminal that progress may be drawn on. */
  readonly interactive: boolean;
  /** Absolute, with `/`. */
  readonly cwd: string;
}

export const createTerminal = (process: NodeJS.Process, cwd: string, color: "auto" | "always" | "never"): Terminal => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  draw: (text) => void process.stderr.write(text),
  colors: picocolors.createColors(color === "always" || (color === "auto" && wantsColor(process))),
  interactive: Boolean(process.stderr.isTTY) && !process.env.CI,
  cwd,
});

/** https://no-color.org and FORCE_COLOR, as most tools read them. */
const wantsColor = ({ env, stdout }: NodeJS.Process): boolean => {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return Boolean(stdout.isTTY) && env.TERM !== "dumb";
};
