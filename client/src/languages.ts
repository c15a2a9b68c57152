import type { DocumentSelector } from "vscode-languageclient/node";

const sources = ["typescript", "typescriptreact", "javascript", "javascriptreact"];

/** The documents that the server is told about: those that can have findings, and those whose unsaved text changes them. */
export const documents: DocumentSelector = [
  ...sources.map((language) => ({ scheme: "file", language })),
  { scheme: "file", pattern: "**/*.prisma" },
  { scheme: "file", pattern: "**/*pgbouncer*.ini" },
];
