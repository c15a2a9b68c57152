import { drivers } from "../../drivers/index.ts";

/** Reading bytes as characters of one byte is the cheapest text there is, and module names are ASCII. */
export function mentionsDriver(bytes: Buffer, modules?: readonly string[]): boolean {
  const text = bytes.toString("latin1");
  return mentions(text, modules ? quoted(modules) : known);
}

/** Module specifiers of a text, each once: `import`, `export … from`, `require`, dynamic `import`. Comments are searched too: a file too many does no harm. */
export function importSpecifiers(text: string): readonly string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(importing)) found.add(match[2]!);
  return [...found];
}

const importing = /\b(?:from|import|require)\s*\(?\s*(["'`])([^"'`\s]+)\1/g;

/** What stands in front of the quote where a module is named. */
const importPosition = /\b(?:from|import|require)\s*\(?\s*$/;

const known = quoted(drivers.flatMap((driver) => Object.keys(driver.modules)));

function mentions(text: string, names: RegExp): boolean {
  names.lastIndex = 0;
  for (let match = names.exec(text); match; match = names.exec(text)) {
    if (importPosition.test(text.slice(Math.max(0, match.index - 40), match.index))) return true;
    // A quote that ends one text may begin the next.
    names.lastIndex = match.index + 1;
  }
  return false;
}

// One expression for all names in quotes. A name that ends in a star stands for everything below it, a name that begins with one for a
// path that ends in it (generated clients); any other name for the module and what is below it.
function quoted(modules: readonly string[]): RegExp {
  const literally = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const packages = new Set<string>();
  const endings = new Set<string>();
  for (const name of modules) {
    if (name.startsWith("*/")) endings.add(literally(name.slice(2)));
    else packages.add(literally(name.replace(/\/\*$/, "")));
  }
  const alternatives = [`(?:${[...packages].join("|")})(?:/[^"'\`\\s]*)?`];
  if (endings.size > 0) alternatives.push(`[^"'\`\\s]*/(?:${[...endings].join("|")})(?:/index)?(?:\\.[cm]?[jt]s)?`);
  return new RegExp(`["'\`](?:${alternatives.join("|")})["'\`]`, "g");
}
