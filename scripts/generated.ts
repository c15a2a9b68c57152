import { drivers } from "../server/src/drivers/index.ts";
import { pythonDrivers } from "../server/src/drivers/python/index.ts";
import { rules } from "../server/src/rules/index.ts";
import { driverTable } from "./generated/driver-table.ts";
import { manifestSettings } from "./generated/manifest-settings.ts";
import { rulePage, unusedSuppressionPage } from "./generated/rule-pages.ts";
import { ruleIndex, ruleTable } from "./generated/rule-table.ts";
import { settingsTable } from "./generated/settings-table.ts";

/** Every generated file, by its path in the project, given how a file of the project is read. */
export async function generated(read: (path: string) => string): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const rule of rules) files.set(`docs/rules/${rule.name}.md`, await rulePage(rule, read));
  files.set("docs/rules/unused-suppression.md", unusedSuppressionPage());
  files.set("docs/rules/README.md", ruleIndex(rules));
  files.set(
    "README.md",
    withSections(read("README.md"), {
      rules: ruleTable(rules, "docs/rules/"),
      drivers: driverTable(drivers),
      "python-drivers": driverTable(pythonDrivers),
      settings: settingsTable(),
    }),
  );
  files.set("package.json", withSettings(read("package.json")));
  return files;
}

/** What stands between `<!-- generated:name -->` and `<!-- /generated -->` is replaced. Throws where a section has no place. */
function withSections(text: string, sections: Readonly<Record<string, string>>): string {
  return Object.entries(sections).reduce((before, [name, content]) => {
    const place = new RegExp(`(<!-- generated:${name} -->\\n)[^]*?(<!-- /generated -->)`);
    if (!place.test(before)) throw new Error(`README.md has no place for generated:${name}`);
    return before.replace(place, (_, start, end) => `${start}\n${content}\n${end}`);
  }, text);
}

function withSettings(text: string): string {
  const manifest = JSON.parse(text);
  manifest.contributes.configuration = manifestSettings();
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
