/** What may hold a password in a line of code or configuration; the second group is the secret. */
const secrets: readonly RegExp[] = [
  // A URL's password, up to the last `@` before the path, as PostgreSQL's clients read it.
  /([a-z][a-z0-9+.-]*:\/\/[^\s:/@"'`]*:)([^\s"'`/]*(?:\/[^\s"'`/@]*)*)(?=@)/gi,
  // SQL: `ALTER ROLE app PASSWORD '…'`.
  /(\bpassword\s+')((?:[^']|'')+)(?=')/gi,
  // `password=…` in a URL's query, a DSN or an environment file.
  /((?:^|[\s?&;"'`_a-z])(?:password|passwd|pwd|passphrase|secret|token|api_?key)=)([^\s&;"'`]+)/gi,
  // `password: "…"` in code, YAML and JSON.
  /((?:password|passwd|pwd|passphrase|secret|token|api_?key)["'`]?\s*[:=]\s*["'`])((?:[^"'`\\]|\\.)+)(?=["'`])/gi,
  // The same without quotes, as YAML and ini files write it. A member of an object or a call is code, not a value.
  /^(\s*-?\s*(?:[A-Z0-9_]*(?:PASSWORD|SECRET|TOKEN)|password|passwd|pwd)\s*[:=]\s+)([^\s"'`,;(){}[\].$]+)\s*$/gim,
];

/** The text with every secret in it made of stars. Same length: columns stay what they are. Every report goes through here. */
export const maskSecrets = (text: string): string => {
  let masked = text;
  for (const shape of secrets)
    masked = masked.replace(shape, (_, head: string, secret: string) => head + stars(secret));
  return masked;
};

/** The secrets of a text themselves, for output in which the words around them are gone. */
export const secretsIn = (text: string): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const shape of secrets)
    for (const [, , secret] of text.matchAll(shape)) if (secret && stars(secret) !== secret) found.add(secret);
  return found;
};

/** True for a text that must not be shown. */
export const holdsSecret = (text: string): boolean => maskSecrets(text) !== text;

/** A placeholder (`${password}`, `$PGPASSWORD`, `<password>`) is no secret, and tells where the secret comes from. */
const stars = (secret: string): string =>
  /^(?:\$\{[^}]*\}|\$\w+|<[^>]*>|\*+|%s|\{[^}]*\})$/.test(secret) ? secret : "*".repeat(secret.length);
