import type { Snapshot } from "../core/snapshot.ts";

/** What the client is asked to watch: every file that the analysis may read, by name. */
export const watchedNames: readonly string[] = [
  "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,py}",
  "**/{package,jsconfig,bouncer-safe,wrangler}.json",
  "**/tsconfig*.json",
  "**/wrangler.jsonc",
  "**/requirements*.txt",
  "**/*.{ini,prisma,yml,yaml,toml,tf}",
  "**/*odyssey*.conf",
  "**/.env*",
  "**/{Dockerfile*,*.Dockerfile,*.dockerfile}",
  "**/.gitignore",
];

/** The same names, and some more, for one path. */
const named =
  /\.(?:[cm]?[jt]sx?|py|jsonc?|toml|tf|ya?ml|ini|conf|prisma|txt)$|\/(?:\.env[^/]*|[^/]*[Dd]ockerfile[^/]*)$/;

/** True for a path that the analysis may read, and for a folder of such paths, of which the disk tells the name alone when it is deleted. */
export function mayMatter(path: string, { sources, configurations }: Snapshot): boolean {
  if (named.test(path)) return true;
  for (const texts of [sources, configurations]) {
    for (const known of texts.keys()) if (known.startsWith(`${path}/`)) return true;
  }
  return false;
}

/** A change of these can bring files in or leave them out: the folders are read anew. */
export const decidesWhatIsRead = (path: string): boolean => /\/(?:\.gitignore|bouncer-safe\.json)$/.test(path);
