import { printFacts } from "../../../server/src/core/print-facts.ts";
import { lowerFile } from "../../../server/src/frontends/typescript/lower.ts";

/** The facts of a text as the golden tests compare them: functions only, where nothing else is said. */
export function print(text: string, path = "/a.ts"): string {
  return `\n${printFacts(lowerFile(path, text))}`;
}

/** One function of the print, by its number. */
export function printOf(id: number, text: string, path = "/a.ts"): string {
  const lines = print(text, path).split("\n");
  const start = lines.findIndex((line) => line.startsWith(`f${id} `));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith(" "));
  return `\n${lines.slice(start, end < 0 ? undefined : end).join("\n")}\n`;
}
