/** All that needs the compiler: loaded when the first candidate file turns up. */
export { lowerFile } from "./lower.ts";
