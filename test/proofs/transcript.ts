import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** One play as it is kept: what was played, where, and what was said. */
export interface Scene {
  /** As a heading, with a capital. */
  readonly title: string;
  /** "1.18 transaction" */
  readonly place: string;
  /** The settings beside pool_mode, as ini lines. */
  readonly settings: readonly string[];
  readonly lines: readonly string[];
}

/** The kept transcript of a rule. */
export function transcriptPath(rule: string): string {
  return fileURLToPath(new URL(`./transcripts/${rule}.md`, import.meta.url));
}

/** The kept scenes of a rule, one for each place. */
export function readScenes(rule: string): readonly Scene[] {
  const path = transcriptPath(rule);
  return existsSync(path) ? parseScenes(readFileSync(path, "utf8")) : [];
}

/**
 * Writes a rule's transcript: the scenes just played, and the kept ones that could not be played now.
 *
 * @param wanted every scene there is to play, by title and place, in the order of the proofs
 */
export function writeScenes(
  rule: string,
  wanted: readonly Pick<Scene, "title" | "place">[],
  played: readonly Scene[],
): void {
  const isSame = (a: Pick<Scene, "title" | "place">) => (b: Pick<Scene, "title" | "place">) =>
    a.title === b.title && a.place === b.place;
  const kept = readScenes(rule).filter((scene) => wanted.some(isSame(scene)) && !played.some(isSame(scene)));
  const titles = [...new Set(wanted.map((scene) => scene.title))];
  const path = transcriptPath(rule);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, printScenes(rule, titles, [...played, ...kept]));
}

/** Scenes as Markdown; places where the same was said share one section. */
export function printScenes(rule: string, titles: readonly string[], scenes: readonly Scene[]): string {
  const sections = titles.flatMap((title) => {
    const groups = new Map<string, Scene[]>();
    for (const scene of scenes.filter((scene) => scene.title === title)) {
      const body = [...scene.settings, "", ...scene.lines].join("\n");
      groups.set(body, [...(groups.get(body) ?? []), scene]);
    }
    const byFirstPlace = [...groups.values()]
      .map((group) => group.sort((a, b) => a.place.localeCompare(b.place)))
      .sort((a, b) => a[0]!.place.localeCompare(b[0]!.place));
    return [
      `## ${title}\n`,
      ...byFirstPlace.map((group) => {
        const places = group.map((scene) => scene.place).join(" · ");
        const settings = group[0]!.settings.length
          ? `, with ${group[0]!.settings.map((line) => `\`${line}\``).join(", ")}`
          : "";
        return `PgBouncer ${places}${settings}:\n\n\`\`\`text\n${group[0]!.lines.join("\n")}\n\`\`\`\n`;
      }),
    ];
  });
  return `# \`${rule}\` on a real PgBouncer\n\n${sections.join("\n")}`;
}

/** The inverse of printScenes. */
export function parseScenes(text: string): readonly Scene[] {
  const scenes: Scene[] = [];
  for (const section of text.split(/^## /m).slice(1)) {
    const title = section.split("\n")[0]!;
    for (const match of section.matchAll(/^PgBouncer (.*?)(?:, with (.*))?:\n\n```text\n([\s\S]*?)\n```$/gm)) {
      const settings = [...(match[2] ?? "").matchAll(/`([^`]*)`/g)].map((setting) => setting[1]!);
      for (const place of match[1]!.split(" · ")) scenes.push({ title, place, settings, lines: match[3]!.split("\n") });
    }
  }
  return scenes;
}
