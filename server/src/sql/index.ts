export type { SetScope, SqlCommand, SqlDeed, SqlVerb } from "./command.ts";
export { loadSqlParser } from "./load.ts";
export { readSql } from "./read.ts";
