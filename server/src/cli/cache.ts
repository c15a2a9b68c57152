import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { forgetOld, keep } from "../cache/files.ts";
import { Digest } from "../workspace/digest.ts";
import { fingerprintOf } from "../workspace/fingerprint.ts";
import type { ExitCode } from "./check.ts";
import type { Terminal } from "./terminal.ts";
import { cacheFolder } from "./user-cache.ts";

/** One question: the same words, asked by the same program in the same place, about the same files, have the same answer. */
export interface Question {
  /** The version of the program, and when it was built. */
  readonly program: string;
  /** Everything else that the answer depends on and that is no file. */
  readonly words: readonly string[];
  readonly roots: readonly string[];
  readonly configuration: string | undefined;
  /** Files that are read and may be outside the roots. */
  readonly others: readonly string[];
}

interface Answer {
  readonly fingerprint: string;
  readonly code: ExitCode;
  readonly output: readonly (readonly ["out" | "err", string])[];
}

/** Tells one build of a version from another, by when its file was written. */
export const buildOf = (version: string, file: string): string =>
  `${version} ${statSync(file, { throwIfNoEntry: false })?.mtimeMs}`;

/** Answers that nobody asked for this long are thrown away. */
const maximumAge = 14 * 24 * 3_600_000;

/** Of all answers together. */
const maximumBytes = 64 * 1_048_576;

/** Files changed less than this before they were read may change again without looking different. In ms, as coarse as file systems are. */
const tick = 2_000;

/**
 * Runs `answer`, or repeats what it printed the last time, where no file has changed since. Everything goes wrong silently here: without a folder to write to,
 * nothing is kept.
 */
export const remembered = async (
  question: Question,
  terminal: Terminal,
  answer: (terminal: Terminal) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const folder = cacheFolder();
  const { program, words, roots } = question;
  const key = new Digest().text(JSON.stringify([program, words, roots, terminal.cwd])).toString();
  const path = join(folder, `${key}.json`);
  const known = read(path);
  if (known !== undefined && known.fingerprint === fingerprint(question)?.text) {
    for (const [stream, text] of known.output) terminal[stream](text);
    return known.code;
  }
  const begun = Date.now();
  const output: ["out" | "err", string][] = [];
  const recording = (stream: "out" | "err") => (text: string) => {
    output.push([stream, text]);
    terminal[stream](text);
  };
  const code = await answer({ ...terminal, out: recording("out"), err: recording("err") });
  // A crash is tried again the next time.
  const now = code === 2 ? undefined : fingerprint(question);
  if (now === undefined || now.newest >= begun - tick) return code;
  keep(path, JSON.stringify({ fingerprint: now.text, code, output } satisfies Answer));
  forgetOld(folder, /\.json/, maximumAge, maximumBytes);
  return code;
};

const fingerprint = ({ roots, configuration, others }: Question): ReturnType<typeof fingerprintOf> | undefined => {
  try {
    return fingerprintOf(roots, configuration, others);
  } catch {
    // A file that vanishes meanwhile.
    return undefined;
  }
};

const read = (path: string): Answer | undefined => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Answer;
  } catch {
    return undefined;
  }
};
