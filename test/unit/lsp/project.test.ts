import { expect, test } from "vitest";
import type { Analysis } from "../../../server/src/analyze.ts";
import { defaultSettings } from "../../../server/src/core/settings.ts";
import type { Snapshot } from "../../../server/src/core/snapshot.ts";
import type { Engine, Texts } from "../../../server/src/lsp/engine.ts";
import { Project } from "../../../server/src/lsp/project.ts";

/** A project over one text that the test changes, with an analyzer that waits until the test lets it go on. */
function setUp() {
  const texts = new Map([["/w/a.ts", "one"]]);
  let version = 1;
  const analyzed: number[] = [];
  const waiting: (() => void)[] = [];
  const snapshot = (): Snapshot => ({
    version,
    roots: ["/w"],
    sources: new Map(texts),
    configurations: new Map(),
    settings: defaultSettings,
    seen: texts.size,
    exists: () => false,
  });
  const opened: Texts = {
    scan: async () => {},
    setText: (path, text) => {
      texts.set(path, text);
      version++;
    },
    dropText: () => {},
    changed: () => {},
    snapshot,
    problems: [],
  };
  const engine: Engine = {
    loadWorkspace: () => Promise.reject(new Error("the project is given its texts")),
    loadAnalyzer: async () => ({
      analyze: ({ version: seen, sources }) =>
        new Promise((resolve, reject) => {
          analyzed.push(seen);
          waiting.push(() =>
            sources.get("/w/a.ts") === "crash"
              ? reject(new Error("fell over"))
              : resolve({ findings: [], crashes: [] } as unknown as Analysis),
          );
        }),
    }),
    loadRules: async () => [],
  };
  const project = new Project(engine, opened, ["/w"], defaultSettings, () => {});
  const goOn = async () => {
    while (waiting.length === 0) await new Promise(setImmediate);
    waiting.shift()!();
  };
  return { project, analyzed, goOn };
}

test("whoever asks for the same version shares one analysis", async () => {
  const { project, analyzed, goOn } = setUp();
  const asked = [project.outcome(), project.outcome(), project.outcome()];
  await goOn();
  const [first, ...others] = await Promise.all(asked);

  expect(others).toEqual([first, first]);
  expect(await project.outcome()).toBe(first);
  expect(analyzed).toEqual([1]);
});

test("an edit during an analysis is analysed after it, once, for all who came since", async () => {
  const { project, analyzed, goOn } = setUp();
  const early = project.outcome();
  await new Promise(setImmediate);
  project.texts.setText("/w/a.ts", "two");
  project.texts.setText("/w/a.ts", "three");
  const late = [project.outcome(), project.outcome()];
  await goOn();
  expect((await early).snapshot.version).toBe(1);
  await goOn();

  expect((await Promise.all(late)).map(({ snapshot }) => snapshot.version)).toEqual([3, 3]);
  expect(analyzed).toEqual([1, 3]);
});

test("a crash is an outcome, and is not tried again for the same texts", async () => {
  const { project, analyzed, goOn } = setUp();
  project.texts.setText("/w/a.ts", "crash");
  const asked = project.outcome();
  await goOn();

  expect((await asked).crash).toEqual(new Error("fell over"));
  await project.outcome();
  expect(analyzed).toEqual([2]);
});
