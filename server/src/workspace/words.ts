/** Handles by the names that people give them, in any spelling: `sqldb`, `pgPool`, `trx`. Not `ctx`, not `form`. */
const names =
  /(?:pool|sql|db|knex|prisma|datasource|database|queryrunner|entitymanager)s?\b|\b(?:tx|trx|orm|em|conn)\b|transaction|unit_?of_?work|\buow\b|with\w*lock|atomic/i;

/** What is done with a handle whose name says nothing, and SQL that drives a transaction. */
const deeds =
  /\.(?:query|execute|unsafe|raw|connect|acquire|release|reserve|begin|commit|rollback)\w*\s*[(<`]|\b(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\b/;

/** What a pool is opened with: the caller of a function that opens one may say it. */
const addresses = /postgres|database_|connection_?(?:string|ur[il])/i;

/** A class is what it extends, whatever it is called. */
const heirs = /\bclass\b[^{}]*\bextends\s+(?!\w*Error\b)/;

/** Handed on without a look. */
const passing = /\bexport\s*(?:\*|\{[^}]*\}\s*from)|module\.exports\s*=\s*require/;

/**
 * Whether a file that gets something from a file with handles is worth a parse: one that shows none of these words has nothing to find,
 * and nothing to pass on.
 */
export const handsOnHandles = (text: string): boolean => {
  const code = withoutRemarks(text);
  return [names, deeds, addresses, heirs, passing].some((words) => words.test(code));
};

/** A text of JavaScript without the comments that begin a line, and without where its imports lead: a folder is called `database`, too. */
export const withoutRemarks = (text: string): string => text.replace(remark, "");

const remark = /^[ \t]*(?:\/\/.*|\/\*[\s\S]*?\*\/)|(?<=\bfrom[ \t]*)(?:"[^"\n]*"|'[^'\n]*')/gm;

/** False for a text, without its remarks, that declares nothing but types. */
export const holdsCode = (code: string): boolean => running.test(code) || passing.test(code);

const running = /\b(?:function|class|const|let|var|enum|default|exports|namespace|def|async|lambda)\b/;

/** The same of a Python file. */
export const handsOnPythonHandles = (text: string): boolean =>
  names.test(text) || deeds.test(text) || python.test(text);

const python = /\b(?:cur|cursor|session|engine)\b|get_(?:db|session|conn)|_(?:session|engine|conn)\b|\bSession/i;
