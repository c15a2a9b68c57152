import type { DocumentSelector } from "vscode-languageclient/node";

const sources = ["typescript", "typescriptreact", "javascript", "javascriptreact", "python"];

/** The documents that can have findings. */
export const documents: DocumentSelector = [
  ...[...sources, "pgbouncer-ini"].map((language) => ({ scheme: "file", language })),
  { scheme: "file", pattern: "**/*.prisma" },
  // Where somebody gave the file to another extension's language.
  { scheme: "file", pattern: "**/*pgbouncer*.ini" },
];

/** The documents that the server is told about: also those that say which pooler there is, whose unsaved text changes the findings of others. */
export const told: DocumentSelector = [
  ...documents,
  { scheme: "file", pattern: "**/.env*" },
  { scheme: "file", pattern: "**/*.{ini,yml,yaml,toml,tf}" },
  { scheme: "file", pattern: "**/{Dockerfile*,*.Dockerfile,*.dockerfile,*odyssey*.conf}" },
  { scheme: "file", pattern: "**/{bouncer-safe.json,wrangler.json,wrangler.jsonc}" },
];
