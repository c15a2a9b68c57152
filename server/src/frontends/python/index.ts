/** All that needs the grammar: loaded when the first candidate file turns up. */
export { lowerFile } from "./lower.ts";
