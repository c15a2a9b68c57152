import type { Version } from "./setting.ts";

/** `[1, 21, 0]` is at least `[1, 21]`. */
export const isAtLeast = (version: Version, least: Version): boolean => {
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
