/** A file or folder that the analysis goes without. */
export interface WorkspaceProblem {
  readonly path: string;
  /** `unreadable` and `configuration` are for people to mend; `set aside` is told on request. */
  readonly kind: "unreadable" | "set aside" | "configuration";
  readonly message: string;
  /** UTF-16 offset in a configuration file. */
  readonly offset?: number;
}

/** A file that vanished is nobody's problem. */
export const isVanished = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";
