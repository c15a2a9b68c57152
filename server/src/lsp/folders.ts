import type { PartialSettings } from "../config.ts";
import type { FolderSettings } from "./settings.ts";

/** Workspace folders that are analysed as one program: those with the same settings, so that evidence and imports cross folders. */
export interface FolderGroup {
  readonly roots: readonly string[];
  readonly settings: PartialSettings;
}

export function groupFolders(folders: ReadonlyMap<string, FolderSettings>): FolderGroup[] {
  const groups = new Map<string, { roots: string[]; settings: PartialSettings }>();
  for (const [root, { enable, settings }] of folders) {
    if (!enable) continue;
    const key = JSON.stringify(settings);
    const group = groups.get(key);
    if (group) group.roots.push(root);
    else groups.set(key, { roots: [root], settings });
  }
  return [...groups.values()];
}

export const isSameGroup = (a: FolderGroup, b: FolderGroup): boolean =>
  a.roots.join("\n") === b.roots.join("\n") && JSON.stringify(a.settings) === JSON.stringify(b.settings);

/** The innermost of the folders that holds the path. */
export function innermost(roots: Iterable<string>, path: string): string | undefined {
  let found: string | undefined;
  for (const root of roots) {
    if (path.startsWith(root.endsWith("/") ? root : `${root}/`) && root.length > (found?.length ?? -1)) found = root;
  }
  return found;
}
