import { expect, test } from "vitest";
import type { ProjectStatus, ShowProfileResult, StatusParams } from "../../server/src/lsp/protocol.ts";
import type { Client } from "./support/client.ts";
import { source, useServer } from "./support/use-server.ts";

const { start, folder } = useServer();

const status = async (client: Client, test: (project: ProjectStatus) => boolean) =>
  (await client.next<StatusParams>("bouncerSafe/status", ({ projects }) => projects.some(test))).projects;

test("tells the profile of a project with the place that it is known from", async () => {
  const files = folder({
    "scan-waits": "",
    "a.ts": source("MARK:a POOL()"),
    "pgbouncer.ini": "[pgbouncer]\npool_mode = session\n",
  });
  const client = await start({ folders: [files] });

  expect(await status(client, ({ state }) => state === "scanning")).toEqual([
    { folders: [files.uri], state: "scanning", pools: 0, findings: 0 },
  ]);
  files.remove("scan-waits");
  expect(await status(client, ({ state }) => state === "ready")).toEqual([
    {
      folders: [files.uri],
      state: "ready",
      label: "PgBouncer 1.24.1, session mode",
      detail: "pgbouncer.ini:1 pool_mode = session",
      place: {
        uri: files.uriOf("pgbouncer.ini"),
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 19 } },
      },
      pools: 1,
      findings: 1,
    },
  ]);
});

test("without database code there is nothing to tell", async () => {
  const client = await start({ folders: [folder({ "a.ts": "export {};\n" })] });

  expect(await status(client, ({ state }) => state === "idle")).toHaveLength(1);
});

test("follows the settings and the edits", async () => {
  const files = folder({ "a.ts": source("") });
  const client = await start({ folders: [files] });
  await status(client, ({ label }) => label === "PgBouncer, transaction mode (assumed)");

  await client.changeSettings({ "": { pooler: { mode: "session" } } });
  await status(client, ({ label }) => label === "PgBouncer, session mode (assumed)");

  await client.open(files.uriOf("a.ts"), source("MARK:a"));
  await client.pull(files.uriOf("a.ts"));
  await status(client, ({ findings }) => findings === 1);
});

test("a folder that is switched off has no status", async () => {
  const files = folder({ "a.ts": source("MARK:a") });
  const client = await start({ folders: [files] });
  await status(client, ({ state }) => state === "ready");

  await client.changeSettings({ "": { enable: false } });

  await client.next<StatusParams>("bouncerSafe/status", ({ projects }) => projects.length === 0);
});

test("shows the profile with its pools as a page", async () => {
  const files = folder({ "src/a_b.ts": source("POOL()"), "pgbouncer.ini": "[pgbouncer]\npool_mode = session\n" });
  const client = await start({ folders: [files] });
  await client.pullWorkspace();

  const shown = await client.request<ShowProfileResult>("bouncerSafe/showProfile", {});

  expect(shown.markdown.split("\n")).toEqual([
    "# PgBouncer 1.24.1, session mode",
    "",
    "- pooler: **PgBouncer** (pgbouncer.ini)",
    "- version: **1.24.1** (compose.yml:3 pgbouncer:1.24.1)",
    "- pool_mode: **session** (pgbouncer.ini:1 pool\\_mode = session)",
    "",
    "## Pools behind it",
    "",
    "- src/a\\_b.ts:2: node-postgres, application name `api`",
    "",
    "The command *bouncer-safe: Choose Pooler* writes down which pooler it is.",
    "",
  ]);
  expect(shown.place?.uri).toBe(files.uriOf("pgbouncer.ini"));
});

test("says so where no pooler was looked for", async () => {
  const client = await start({ folders: [folder()] });

  expect(await client.request<ShowProfileResult>("bouncerSafe/showProfile", {})).toEqual({
    markdown: "# Pooler\n\nNo database code was found, so no pooler was looked for.\n",
  });
});
