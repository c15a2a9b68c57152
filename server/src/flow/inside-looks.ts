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
