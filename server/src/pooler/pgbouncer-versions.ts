/** PgBouncer's defaults that depend on its version, from main.c at each tag (1.18.0 to 1.25.2). */
interface VersionedDefault {
  /** `[1, 21]`: from this version on. */
  readonly since: readonly number[];
  readonly value: number;
}

const maxPreparedStatements: readonly VersionedDefault[] = [
  { since: [1, 24], value: 200 },
  { since: [1, 21], value: 0 },
];

/** The same from 1.18 to 1.25. Sizes are connections, times seconds. */
export const constantDefaults = {
  poolMode: "session",
  defaultPoolSize: 20,
  maxClientConnections: 100,
  queryWaitTimeout: 120,
} as const;

/** `max_prepared_statements` where the ini does not say; undefined where the version has no such setting. */
export const defaultPreparedStatements = (version: readonly number[]): number | undefined =>
  maxPreparedStatements.find(({ since }) => isAtLeast(version, since))?.value;

/** `track_extra_parameters` where the ini does not say; undefined where the version has no such setting. */
export const defaultTrackedParameters = (version: readonly number[]): readonly string[] | undefined =>
  isAtLeast(version, [1, 20]) ? ["IntervalStyle"] : undefined;

/** `[1, 21, 0]` is at least `[1, 21]`. */
export const isAtLeast = (version: readonly number[], least: readonly number[]): boolean => {
  for (const [index, part] of least.entries()) {
    const own = version[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
};

/** `1.23.1-p3` → `[1, 23, 1]`; undefined for `latest` and for a major number alone. */
export const readVersion = (text: string): readonly number[] | undefined => {
  const found = /^v?(\d+)[._](\d+)(?:[._](\d+))?/.exec(text.trim());
  return found
    ? found
        .slice(1)
        .filter((part) => part !== undefined)
        .map(Number)
    : undefined;
};
