/** All that needs the grammar: loaded when the first candidate file turns up. */
export { FrontEnd } from "./lower.ts";
