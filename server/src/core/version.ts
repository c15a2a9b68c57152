/** `[1, 21]`, `[1, 24, 1]`. */
export type Version = readonly number[];

/** `[1, 21, 0]` is at least `[1, 21]`; a version that is not known is not. */
export const isAtLeast = (version: Version | undefined, least: Version): boolean => {
  if (!version) return false;
  for (const [index, part] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
};

/** `1.23.1-p3` → `[1, 23, 1]`; undefined for `latest` and for a major number alone. */
export const readVersion = (text: string): Version | undefined => {
  const found = /^v?(\d+)[._](\d+)(?:[._](\d+))?/.exec(text.trim());
  return found
    ? found
        .slice(1)
        .filter((part) => part !== undefined)
        .map(Number)
    : undefined;
};

/** `[1, 24, 1]` → `1.24.1`. */
export const dotted = (version: Version): string => version.join(".");
