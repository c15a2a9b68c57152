import type { DocumentSelector } from "vscode-languageclient/node";

const sources = ["typescript", "typescriptreact", "javascript", "javascriptreact", "python"];

/** The documents that the server is told about: those that can have findings, and those whose unsaved text changes them. */
export const documents: DocumentSelector = [
  ...[...sources, "pgbouncer-ini"].map((language) => ({ scheme: "file", language })),
  { scheme: "file", pattern: "**/*.prisma" },
  // Where somebody gave the file to another extension's language.
  { scheme: "file", pattern: "**/*pgbouncer*.ini" },
];
