import type { Answer, Call } from "./machine/application.ts";
import type { Row } from "./machine/client.ts";

/** What is said on a stage, line by line, without what differs from run to run. */
export interface Record {
  /** Who did what, and what came back, indented below. */
  write(who: string, what: string, result: readonly string[]): void;
  /** Something that nobody said, such as time that passed. */
  remark(text: string): void;
  lines(): readonly string[];
}

const nameWidth = 9;

/** An empty record. */
export function startRecord(): Record {
  const lines: string[] = [];
  return {
    write: (who, what, result) => {
      lines.push(`${who.padEnd(nameWidth)} ${normal(what.replace(/\s+/g, " "))}`);
      for (const line of result) lines.push(`${" ".repeat(nameWidth + 3)}${normal(line)}`);
    },
    remark: (text) => lines.push(`${" ".repeat(nameWidth)} … ${text}`),
    lines: () => lines,
  };
}

/** Rows as lines, equal ones once with their number, sorted, so that the order of connecting does not show. */
export function showRows(rows: readonly Row[]): readonly string[] {
  return rows.length ? countTexts(rows.map(showRow).sort()) : ["no rows"];
}

/** Each different text once, with its number where some are equal. */
export function countTexts(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const allDiffer = counts.size === texts.length;
  return [...counts].map(([text, count]) => (allDiffer ? text : `${count} × ${text}`));
}

/** `name("argument", 1)` */
export function showCall([name, ...args]: Call): string {
  return `${name}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
}

/** What a caller gets to see. */
export function showAnswer(answer: Answer): string {
  switch (answer.kind) {
    case "value":
      return answer.value === null ? "ok" : JSON.stringify(answer.value);
    case "error":
      return `error ${answer.code ?? answer.name}: ${answer.message.replace(/\s+/g, " ")}`;
    case "silence":
      return `no answer within ${answer.waited / 1000} s`;
    case "gone":
      return `the process ended with exit code ${answer.code}`;
  }
}

function showRow(row: Row): string {
  return Object.entries(row)
    .map(([name, value]) => `${name}=${value === null ? "null" : JSON.stringify(value)}`)
    .join(" ");
}

/** Process ids, ports, folders and the names of the cases' databases prove nothing. */
function normal(line: string): string {
  return (
    line
      .replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")
      .replace(/[^"\s]*\/application-\w+/g, "<folder>")
      .replace(/\bcase_\d+_\d+/g, "app")
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "<uuid>")
      .replace(/\bport \d+/g, "port <port>")
      .replace(/_django_curs_\d+_/g, "_django_curs_<thread>_")
      .replace(/(orders-api-)\d+/g, "$1<pid>")
      .replace(/\(node:\d+\)/g, "(node:<pid>)")
      // Which of the three node-postgres says depends on whether it has seen the end of the socket yet.
      .replace("Client has encountered a connection error and is not queryable", "Connection terminated unexpectedly")
      .replace("error ECONNRESET: read ECONNRESET", "error Error: Connection terminated unexpectedly")
  );
}
