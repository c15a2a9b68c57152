import "./migrations.mjs";

export { migrate } from "../../rules/no-migration-through-pooler/example.fixed.ts";
