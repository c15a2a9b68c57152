import type { VariableId } from "../core/facts.ts";
import type { Origins, Reach } from "./inside-origins.ts";

/** What is known of one frame, and what of it is being looked at: the number tells how deep in what is looked at. */
export class Looks {
  readonly registers: (Origins | undefined)[] = [];
  readonly variables = new Map<VariableId, Origins>();
  reach: Reach | undefined;
  readonly openRegisters = new Map<number, number>();
  readonly openVariables = new Map<VariableId, number>();
  openReach: number | undefined;
}

/** How many registers, variables and frames may hang on each other: more in a line are not looked at, or the stack would not hold them. */
const deepest = 400;

/** Looks at what hangs on each other, one thing below the other, and perhaps in a circle. */
export class Descent {
  private depth = 0;
  /** The outermost look that something was left out of since it is not done: a loop adds nothing to itself. */
  private loop = Number.POSITIVE_INFINITY;

  /**
   * Looks at something, one deeper than what asks for it. `keep` gets what was found where nothing is missing: what a loop left out may be missing
   * as long as the whole of the loop is not looked at.
   */
  look<T>(find: (depth: number) => T, keep: (found: T) => void, tooFar: () => T): T {
    if (this.depth >= deepest) return tooFar();
    const depth = ++this.depth;
    const around = this.loop;
    this.loop = Number.POSITIVE_INFINITY;
    const found = find(depth);
    if (this.loop >= depth) {
      keep(found);
      this.loop = around;
    } else this.loop = Math.min(this.loop, around);
    this.depth--;
    return found;
  }

  /** What is asked for is being looked at, as deep as this: nothing is added to it by itself. */
  comesBackTo(depth: number): void {
    this.loop = Math.min(this.loop, depth);
  }
}
