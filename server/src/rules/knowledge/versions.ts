/** Whether a version is at least this one; an unknown one is not. */
export function isAtLeast(version: readonly number[] | undefined, major: number, minor: number): boolean {
  if (!version) return false;
  const [ownMajor = 0, ownMinor = 0] = version;
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
