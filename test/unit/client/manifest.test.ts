import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { manifestSettings } from "../../../scripts/generated/manifest-settings.ts";
import { readSettings } from "../../../server/src/lsp/settings.ts";

const root = new URL("../../../", import.meta.url);
const { contributes, activationEvents } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

/** What the editor hands out for the section where nobody set anything. */
function defaults(): unknown {
  const section: Record<string, unknown> = { pooler: {}, trace: {} };
  for (const [name, { default: value }] of Object.entries<{ default: unknown }>(contributes.configuration.properties)) {
    const [, first, second] = name.split(".");
    if (second) (section[first!] as Record<string, unknown>)[second] = value;
    else section[first!] = value;
  }
  return section;
}

describe("the manifest", () => {
  test("has the settings that are described (else run `npm run generate`)", () => {
    expect(contributes.configuration).toEqual(manifestSettings());
  });

  test("its defaults say nothing about the pooler", () => {
    expect(readSettings(defaults())).toEqual({
      enable: true,
      settings: { pooler: {}, rules: {}, ignore: [], external: [], pure: [] },
    });
  });

  test("every setting is explained and, but for the trace, one of a folder", () => {
    for (const [name, property] of Object.entries<Record<string, unknown>>(contributes.configuration.properties)) {
      expect(property.markdownDescription, name).toMatch(/\.$/);
      expect(property.scope, name).toBe(name === "bouncerSafe.trace.server" ? "window" : "resource");
    }
  });

  test("every file that it names is there", () => {
    const named = [
      ...contributes.snippets.map(({ path }: { path: string }) => path),
      ...contributes.grammars.map(({ path }: { path: string }) => path),
      ...contributes.languages.flatMap(({ configuration }: { configuration?: string }) => configuration ?? []),
      ...contributes.walkthroughs.flatMap(({ steps }: { steps: { media: { markdown: string } }[] }) =>
        steps.map(({ media }) => media.markdown),
      ),
    ];
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  test("every command of the walkthrough is declared", () => {
    const commands = contributes.commands.map(({ command }: { command: string }) => command);
    const used = [...JSON.stringify(contributes.walkthroughs).matchAll(/\(command:([\w.-]+)\)/g)].map(
      ([, command]) => command,
    );
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((command) => !commands.includes(command))).toEqual([]);
  });

  test("it does not start with every window", () => {
    expect(activationEvents).not.toContain("*");
    expect(activationEvents).not.toContain("onStartupFinished");
  });
});
