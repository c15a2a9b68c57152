export * from "../pgbouncer/ini.ts";
