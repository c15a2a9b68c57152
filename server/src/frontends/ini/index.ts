import type { FileFacts } from "../../core/facts.ts";
import { readIni } from "../../pgbouncer/ini.ts";
import { readDirective } from "../directives.ts";

/** The facts of an ini file: its suppression comments. What PgBouncer reads of it is in the model's `bouncers`. */
export const lowerIni = (path: string, text: string): FileFacts => ({
  path,
  language: "ini",
  imports: [],
  exports: [],
  variables: [],
  functions: [],
  classes: [],
  types: [],
  statements: [],
  directives: readIni(text)
    .comments.map((comment) => readDirective(text, comment))
    .filter((directive) => directive !== undefined),
});
