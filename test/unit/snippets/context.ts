/** Some snippets are options, not statements; they stand in an options object or an argument list and end with a comma. */
export function isFragment(text: string): boolean {
  return text.trimEnd().endsWith(",");
}
