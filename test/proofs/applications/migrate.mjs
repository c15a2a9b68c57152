import "./migrations.mjs";

export { migrate } from "../../rules/no-migration-through-pooler/example.ts";
