/** The name that was probably meant, among those given: the same in other case or with other signs between words, else a few letters apart. */
export function meant(name: string, names: readonly string[]): string | undefined {
  const bare = (text: string): string => text.toLowerCase().replace(/[._-]/g, "");
  const same = names.find((each) => bare(each) === bare(name));
  if (same) return same;
  const near = names
    .map((each) => ({ each, distance: distanceOf(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(1, Math.floor(each.length / 6)))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.each;
}

/** How many letters have to be changed, put in, taken out or swapped with the next one. */
function distanceOf(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : changed;
      next.push(Math.min(changed, swapped, row[j]! + 1, next[j - 1]! + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
