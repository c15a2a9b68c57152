import { readFileSync, writeFileSync } from "node:fs";
import { applyEdits } from "../core/edit.ts";
import type { Edit, Finding, Fix } from "../core/rule.ts";
import { decode, encode } from "../workspace/read.ts";
import type { Workspace } from "../workspace.ts";

/** Which fix of a finding is taken. */
export type FixChoice = (finding: Finding) => Fix | undefined;

export const safeFix: FixChoice = ({ fixes }) => fixes.find(({ safety }) => safety === "safe");

/** A safe fix where there is one; else the first suggestion. */
export const anyFix: FixChoice = (finding) => safeFix(finding) ?? finding.fixes[0];

/** Where files are read and written while they are fixed. The workspace is told of what is written. */
export interface Store {
  read(path: string): Buffer;
  write(path: string, bytes: Buffer): void;
}

export const disk = (workspace: Workspace): Store => ({
  read: (path) => readFileSync(path),
  write(path, bytes) {
    writeFileSync(path, bytes);
    workspace.changed([path]);
  },
});

/** Nothing is written to the disk. */
export class Trial implements Store {
  /** What would be written. */
  readonly written = new Map<string, Buffer>();
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  read(path: string): Buffer {
    return this.written.get(path) ?? readFileSync(path);
  }

  write(path: string, bytes: Buffer): void {
    this.written.set(path, bytes);
    this.#workspace.setText(path, decode(bytes).text);
  }
}

export interface FixRound {
  /** Fixes that are written now. */
  readonly applied: number;
  /** Files that were left alone, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Writes the chosen fixes whose edits do not touch each other; the rest has its turn in the next round. `textOf` is the text that the edits were made
 * for: a file that holds another one by now, or bytes that are no valid text, is left alone, and so is every fix that needs it.
 */
export const applyFixes = (
  findings: readonly Finding[],
  choose: FixChoice,
  textOf: (path: string) => string | undefined,
  store: Store,
): FixRound => {
  const files = new Map<string, OpenFile>();
  const skipped = new Map<string, string>();
  const open = (path: string): OpenFile | undefined => {
    if (skipped.has(path)) return undefined;
    const known = files.get(path) ?? openFile(path, textOf(path), store);
    if ("problem" in known) {
      skipped.set(path, known.problem);
      return undefined;
    }
    files.set(path, known);
    return known;
  };
  let applied = 0;
  for (const finding of findings) {
    const fix = choose(finding);
    if (!fix?.edits.length) continue;
    const targets = fix.edits.map((edit) => ({ edit, file: open(edit.path) }));
    if (targets.some(({ edit, file }) => !file || file.edits.some((other) => collide(edit, other)))) continue;
    for (const { edit, file } of targets) file!.edits.push(edit);
    applied++;
  }
  const changed = [...files].filter(([, { edits }]) => edits.length > 0);
  for (const [path, file] of changed) store.write(path, encode(edited(file), file.encoding));
  return {
    applied,
    skipped: [...skipped].map(([path, message]) => ({ path, message })),
  };
};

interface OpenFile {
  readonly text: string;
  readonly encoding: ReturnType<typeof decode>["encoding"];
  readonly edits: Edit[];
}

const openFile = (
  path: string,
  expected: string | undefined,
  store: Store,
): OpenFile | { readonly problem: string } => {
  try {
    const { text, encoding, faithful } = decode(store.read(path));
    if (text !== expected) return { problem: "not fixed: it changed meanwhile" };
    if (!faithful) return { problem: "not fixed: it is not valid UTF-8, and writing it would lose text" };
    return { text, encoding, edits: [] };
  } catch (error) {
    return { problem: `not fixed: ${(error as Error).message}` };
  }
};

/** Edits that only touch collide too: which of two insertions comes first would be chance. */
const collide = (a: Edit, b: Edit): boolean => a.span.start <= b.span.end && b.span.start <= a.span.end;

const edited = ({ text, edits }: OpenFile): string => {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return applyEdits(
    text,
    edits.map((edit) => ({ ...edit, newText: edit.newText.replace(/\r?\n/g, newline) })),
  );
};
