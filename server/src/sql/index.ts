export type { SqlCommand, SqlDeed } from "./command.ts";
export { loadSqlParser } from "./load.ts";
export { readSql } from "./read.ts";
