/** All that needs the compiler: loaded when the first candidate file turns up. */
export { FrontEnd } from "./lower.ts";
