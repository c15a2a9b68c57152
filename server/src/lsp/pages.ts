/** Where the rules' pages are read. */
export const pagesUrl = "https://github.com/bouncer-safe/bouncer-safe/blob/main/docs/rules/";

/** The page of a rule, for people. */
export const pageOf = (rule: string): string => `${pagesUrl}${rule}.md`;
