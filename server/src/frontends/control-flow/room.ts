import type { VariableFact } from "../../core/facts.ts";

/** Variables are counted through the file; each function keeps room for this many more, so that one more in it renumbers nothing behind it. */
const room = 16;

const unused: VariableFact = Object.freeze({
  name: "",
  kind: "unused",
  function: 0,
  span: Object.freeze({ start: -1, end: -1 }),
});

/** Fills up what a function, with all that is in it, has declared since there were so many variables. */
export function keepRoom(variables: VariableFact[], since: number): void {
  const end = since + Math.ceil((variables.length - since + 1) / room) * room;
  while (variables.length < end) variables.push(unused);
}
