/**
 * Words of files that do something with a handle, or hand it on: what the members of drivers are called where they begin, end, lock, send
 * SQL or give back, names that people give to handles, and re-exports. A file that imports a handle and shows none of them has
 * nothing to find and nothing to pass on.
 */
const words =
  /transaction|\b(?:tx|trx|sql|begin|commit|rollback|savepoint|query|queryRaw|queryRunner|execute|executeSql|unsafe|raw|release|connect|acquire|reserve|checkout|listen|pool|client|knex|prisma|orm|entityManager|dataSource|getRepository|getConnection|db|database|conn|connection)\b|\bexport\s*(?:\*|\{[^}]*\}\s*from)|module\.exports\s*=\s*require/i;

export const handsOnHandles = (text: string): boolean => words.test(text);
