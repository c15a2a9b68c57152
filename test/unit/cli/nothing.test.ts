import { expect, test } from "vitest";
import { createAnalyzer } from "../../../server/src/analyze.ts";
import { isNothing, nothing } from "../../../server/src/cli/nothing.ts";
import { Workspace } from "../../../server/src/workspace.ts";
import { createFolder } from "../workspace/folder.ts";

test("what is known of nothing is what the analysis says of it", async () => {
  const folder = createFolder({ "a.ts": "export const a = 1;\n", "package.json": '{ "name": "a" }' });
  const workspace = new Workspace([folder.path]);
  await workspace.scan();
  const snapshot = workspace.snapshot();
  folder.remove();
  expect(isNothing(snapshot)).toBe(true);
  const { model, timing: _, ...analysis } = await createAnalyzer().analyze(snapshot);
  const { model: known, timing: __, ...rest } = nothing;
  expect(rest).toEqual(analysis);
  const plain = (all: object) => Object.entries(all).filter(([, value]) => typeof value !== "function");
  expect(Object.fromEntries(plain(model))).toMatchObject(Object.fromEntries(plain(known)));
  expect(Object.keys(known).sort()).toEqual(Object.keys(model).sort());
});

test.each([
  { "a.ts": 'import { Pool } from "pg";\n' },
  { "pgbouncer.ini": "[pgbouncer]\n" },
  { "bouncer-safe.json": '{ "pooler": { "mode": "session" } }' },
])("%j is something", async (files) => {
  const folder = createFolder(files);
  const workspace = new Workspace([folder.path]);
  await workspace.scan();
  expect(isNothing(workspace.snapshot())).toBe(false);
  folder.remove();
});
