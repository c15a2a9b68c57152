/** Where a build says that sources are, besides `src`: by the folder of the file that says so. */
export function sourceRoots(configurations: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [path, text] of configurations) {
    const cut = path.lastIndexOf("/");
    const name = path.slice(cut + 1);
    if (name !== "pyproject.toml" && name !== "setup.cfg") continue;
    const folders = new Set<string>();
    for (const [, toml, plain] of text.matchAll(settings)) {
      for (const [, folder] of (toml ?? "").matchAll(/["']([\w./-]+)["']/g)) if (folder) folders.add(folder);
      const listed = toml === undefined ? (plain ?? "").split("=").at(-1)?.trim() : undefined;
      if (listed && /^[\w./-]+$/.test(listed)) folders.add(listed);
    }
    const folder = path.slice(0, cut);
    if (folders.size > 0) found.set(folder, [...(found.get(folder) ?? []), ...folders]);
  }
  return found;
}

/** `where = ["lib"]`, `pythonpath = ["."]`, `package-dir = { "" = "lib" }`, `from = "lib"` and setup.cfg's spellings. */
const settings =
  /\b(?:where|pythonpath|package-dir|package_dir|from|extraPaths|extra-paths)\s*=\s*(?:(\[[^\]]*\]|\{[^}]*\}|"[^"\n]*"|'[^'\n]*')|((?:\n[ \t]+)?[^\n"'[{]*))/g;
