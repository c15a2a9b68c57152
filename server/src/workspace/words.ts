/** Handles by the names that people give them, in any spelling: `sqldb`, `pgPool`, `trx`. Not `ctx`, not `form`. */
const names =
  /(?:pool|sql|db|knex|prisma|datasource|database|queryrunner|entitymanager)s?\b|\b(?:tx|trx|orm|em|conn)\b|transaction|unit_?of_?work|\buow\b|with\w*lock|atomic/i;

/** What is done with a handle whose name says nothing, and SQL that drives a transaction. */
const deeds =
  /\.(?:query|execute|unsafe|raw|connect|acquire|release|reserve|begin|commit|rollback)\w*\s*[(<`]|\b(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\b/;

/** Handed on without a look. */
const passing = /\bexport\s*(?:\*|\{[^}]*\}\s*from)|module\.exports\s*=\s*require/;

/**
 * Whether a file that gets something from a file with handles is worth a parse: one that shows none of these words has nothing to find,
 * and nothing to pass on.
 */
export const handsOnHandles = (text: string): boolean => names.test(text) || deeds.test(text) || passing.test(text);

/** The same of a Python file. */
export const handsOnPythonHandles = (text: string): boolean =>
  names.test(text) || deeds.test(text) || python.test(text);

const python = /\b(?:cur|cursor|session|engine)\b|get_(?:db|session|conn)|_(?:session|engine|conn)\b|\bSession/i;
