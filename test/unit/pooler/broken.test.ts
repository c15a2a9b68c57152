import { afterEach, describe, expect, it } from "vitest";
import { profileLabel } from "../../../server/src/core/profile-rows.ts";
import { defaultSettings } from "../../../server/src/core/settings.ts";
import { readPoolers } from "../../../server/src/pooler/index.ts";
import { Workspace } from "../../../server/src/workspace.ts";
import { createFolder, type TemporaryFolder } from "../workspace/folder.ts";

let folder: TemporaryFolder;
afterEach(() => folder.remove());

/** The main pooler of a folder, and what the workspace says of its files. */
const read = async (files: Readonly<Record<string, string | Buffer>>) => {
  folder = createFolder({ "db.ts": 'import { Pool } from "pg";\nnew Pool();\n', ...files });
  const workspace = new Workspace([folder.path]);
  await workspace.scan();
  const poolers = readPoolers(workspace.snapshot());
  // Everything is asked for once, so that everything is read.
  for (const { profile } of poolers.setUp) profileLabel(profile);
  poolers.urlOfEnvironment("DATABASE_URL", folder.at("db.ts"));
  return { label: profileLabel(poolers.main), problems: workspace.problems.map(({ message }) => message) };
};

const names = [
  "pgbouncer.ini",
  ".env",
  "compose.yaml",
  "Dockerfile",
  "k8s/pgbouncer.yaml",
  "values.yaml",
  "infra/main.tf",
  "wrangler.toml",
  "wrangler.jsonc",
  "pgcat.toml",
  "pgdog.toml",
  "users.toml",
  "odyssey.conf",
  "schema.prisma",
  "prisma.config.ts",
];

const nothing = { label: "PgBouncer, transaction mode (assumed)", problems: [] };

const random = (length: number): Buffer => {
  let state = 7;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      return state >> 16;
    }),
  );
};

describe("files that are broken say nothing, and nothing fails", () => {
  it.each(names)("%s of noise", async (name) => expect(await read({ [name]: random(5000) })).toEqual(nothing));
  it.each(names)("%s of zeros", async (name) => expect(await read({ [name]: Buffer.alloc(5000) })).toEqual(nothing));
  it.each(names)("%s of brackets", async (name) =>
    expect((await read({ [name]: `pgbouncer ${"[{(".repeat(3000)}` })).problems).toEqual([]),
  );
  it.each(names)("%s that is empty", async (name) => expect(await read({ [name]: "" })).toEqual(nothing));
  it.each(names)("%s of one long line", async (name) =>
    expect((await read({ [name]: `pgbouncer: ${"a=b,".repeat(300_000)}` })).problems).toEqual([]),
  );
});

describe("half a file says what its front says", () => {
  const whole: Readonly<Record<string, string>> = {
    "pgbouncer.ini": "[pgbouncer]\npool_mode = statement\nmax_client_conn = ",
    "compose.yaml":
      "services:\n  pgbouncer:\n    image: edoburu/pgbouncer:1.22.0\n    environment:\n      POOL_MODE: statement\n      MAX_CL",
    Dockerfile: "FROM edoburu/pgbouncer:1.22.0\nENV POOL_MODE=statement\nENV MAX_",
    "k8s/cm.yaml":
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n  pgbouncer.ini: |\n    [pgbouncer]\n    pool_mode = statement\n    max_cl",
    "pgcat.toml": '[general]\nport = 6432\n[pools.a]\npool_mode = "statement"\n[pools.a.users.0]\nusername = "x',
    "pgdog.toml": '[general]\npooler_mode = "statement"\n[[databases]]\nname = "',
    "infra/main.tf":
      'resource "digitalocean_database_connection_pool" "a" {\n  name = "a"\n  mode = "statement"\n  size = ',
    "odyssey.conf": 'database default {\n  user default {\n    pool "statement"\n    pool_size ',
    "values.yaml": "pgbouncer:\n  poolMode: statement\n  maxCl",
  };

  it.each(Object.entries(whole))("%s", async (name, text) => {
    expect((await read({ [name]: text })).label).toMatch(/statement mode$/);
  });

  it.each(Object.entries(whole))("%s with CRLF and a byte order mark", async (name, text) => {
    const marked = `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    const { label, problems } = await read({ [name]: marked });
    expect([label.replace(/ 1\.22\.0/, ""), problems]).toEqual([expect.stringMatching(/, statement mode$/), []]);
  });

  it.each(Object.entries(whole))("%s at every length", async (name, text) => {
    folder = createFolder({});
    for (let length = 0; length < text.length; length += 1) {
      const snapshot = { version: 1, roots: ["/w"], sources: new Map(), settings: defaultSettings, seen: 1 };
      const configurations = new Map([[`/w/${name}`, text.slice(0, length)]]);
      const poolers = readPoolers({ ...snapshot, configurations, exists: () => false });
      expect(() => [poolers.main, poolers.setUp]).not.toThrow();
    }
  });
});

it("a file that is too large is none", async () => {
  const { label, problems } = await read({ "k8s/huge.yaml": `# pgbouncer\n${"a: b\n".repeat(500_000)}` });
  expect([label, problems]).toEqual([nothing.label, []]);
});
