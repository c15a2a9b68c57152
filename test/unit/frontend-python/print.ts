import { printFacts } from "../../../server/src/core/print-facts.ts";
import { lowerFile } from "../../../server/src/frontends/python/lower.ts";

/** The facts of a Python text as the golden tests compare them. */
export function print(text: string, path = "/a.py"): string {
  return `\n${printFacts(lowerFile(path, text))}`;
}

/** One function of the print, by its number. */
export function printOf(id: number, text: string, path = "/a.py"): string {
  const lines = print(text, path).split("\n");
  const start = lines.findIndex((line) => line.startsWith(`f${id} `));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith(" "));
  return `\n${lines.slice(start, end < 0 ? undefined : end).join("\n")}\n`;
}

/** Lines above the functions: imports, exports, types, classes. */
export function headOf(text: string, path = "/a.py"): string {
  const lines = print(text, path).split("\n");
  return `\n${lines
    .slice(
      1,
      lines.findIndex((line) => line.startsWith("f0 ")),
    )
    .join("\n")}\n`;
}
