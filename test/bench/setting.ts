/** Where a benchmark finds things. */
export interface Setting {
  /** The project. */
  readonly root: string;
  /** The bundles that are measured, built for this run. */
  readonly dist: string;
  /** A folder that is removed afterwards. */
  readonly scratch: string;
  /** Real repositories to measure beside the generated trees. */
  readonly trees: readonly string[];
  readonly rounds: number;
}
