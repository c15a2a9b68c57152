import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createFolder, type Files, type TemporaryFolder } from "../workspace/folder.ts";
import { buildCommandLine, type CommandLine, type RunOptions } from "./command-line.ts";

let commandLine: CommandLine;
let folder: TemporaryFolder;

beforeAll(async () => {
  commandLine = await buildCommandLine();
}, 60_000);

afterAll(() => commandLine.remove());

afterEach(() => folder?.remove());

/** A finding with a safe fix: no listener for `error`. */
const unheard = `import { Pool } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders" });
`;

/** An error: BEGIN through a pool. */
const strayed = `import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders" });
pool.on("error", (error) => console.error(error));

export async function transfer() {
  await pool.query("BEGIN");
  await pool.query("COMMIT");
}
`;

const clean = `import { Pool } from "pg";

export const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders" });
pool.on("error", (error) => console.error(error));
`;

const check = async (files: Files, args: readonly string[] = [], options: RunOptions = {}) => {
  folder = createFolder(files);
  return commandLine.run(["check", ...args], { cwd: folder.path, ...options });
};

const again = (args: readonly string[]) => commandLine.run(["check", ...args], { cwd: folder.path });

const read = (path: string) => readFileSync(folder.at(path), "utf8");

describe("exit codes", () => {
  test("0: nothing to mend", async () => {
    const { code, out, err } = await check({ "db.ts": clean });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^no findings \(1 of 1 file /);
  });

  test("1: an error, or a warning", async () => {
    expect((await check({ "db.ts": strayed })).code).toBe(1);
    expect((await check({ "db.ts": unheard })).code).toBe(1);
  });

  test("--max-warnings lets that many pass, errors never", async () => {
    expect((await check({ "db.ts": unheard }, ["--max-warnings", "1"])).code).toBe(0);
    expect((await again(["--max-warnings", "0"])).code).toBe(1);
    expect((await check({ "db.ts": strayed }, ["--max-warnings", "99"])).code).toBe(1);
  });

  test.each([
    [["--no-such"], "Unknown option '--no-such'\n"],
    [["--formt", "json"], "Unknown option '--formt'; did you mean --format?"],
    [["--format", "xml"], "--format is one of text, json, sarif, github, not 'xml'"],
    [["--print", "ast"], "--print is one of profile, facts, model, findings, not 'ast'"],
    [["--rule", "no-such"], "--rule: 'no-such' is no rule; `bouncer-safe rules` lists them"],
    [["--rule", "no-lisetn"], "--rule: 'no-lisetn' is no rule; did you mean no-listen?"],
    [["--max-warnings", "many"], "--max-warnings takes a number, not 'many'"],
    [["--max-warnings"], "Option '--max-warnings <value>' argument missing"],
    [["--config", "no.json"], "--config no.json: no such file"],
    [["--baseline", "no.json"], "--baseline no.json: no such file"],
    [["nowhere"], "nowhere: no such file or folder\n"],
    [["src/*.ts"], "src/*.ts: no such file or folder; patterns are for the shell: leave the quotes out"],
    [[""], "a path is empty"],
  ])("2: check %j", async (args, message) => {
    const { code, out, err } = await check({}, args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`bouncer-safe: ${message}`);
    expect(err).toContain("\nTry `bouncer-safe check --help`.\n");
  });

  test("2: no command, and one that is none", async () => {
    expect(await commandLine.run([])).toMatchObject({
      code: 2,
      out: expect.stringContaining("bouncer-safe check [path…]"),
    });
    folder = createFolder({ "src/db.ts": clean });
    const run = (...args: string[]) => commandLine.run(args, { cwd: folder.path });
    const help = "Try `bouncer-safe --help`.\n";
    expect(await run("lint")).toEqual({ code: 2, out: "", err: `bouncer-safe: 'lint' is no command\n${help}` });
    expect((await run("chekc")).err).toContain("'chekc' is no command; did you mean `bouncer-safe check`?\n");
    expect((await run("src")).err).toContain("; did you mean `bouncer-safe check src`?\n");
    expect((await run("--fix", "src")).err).toContain("; did you mean `bouncer-safe check --fix`?\n");
  });
});

describe("text", () => {
  test("code frames, related places in order, a summary", async () => {
    const { out } = await check({ "src/db.ts": strayed });
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^error\[no-transaction-on-pool\] `BEGIN` /);
    expect(lines.slice(1, 4)).toEqual([
      "  --> src/db.ts:7:9",
      '  7 |   await pool.query("BEGIN");',
      "    |         ^^^^^^^^^^^^^^^^^^^",
    ]);
    expect(lines[4]).toMatch(/^ {2}in src\/db\.ts:8:9 /);
    expect(lines.at(-2)).toMatch(/^1 error \(1 of 1 file analysed; 1 pool, 1 transaction/);
  });

  test.each([
    ["no source files", {}],
    ["no database code in 1 file", { "a.js": "console.log(1);\n" }],
    ["no source files; 1 pgbouncer.ini", { "pgbouncer.ini": "[pgbouncer]\npool_mode = transaction\n" }],
    ["1 file set aside: binary", { "a.js": `require("pg"); new Pool(); ${"\0".repeat(100)}` }],
  ])("the summary tells of: %s", async (words, files) => {
    const { out } = await check(files);
    expect(out.split("\n").at(-2)).toContain(words);
  });

  test("the summary counts hints that are not shown", async () => {
    const { out } = await check({ "db.js": 'const { Pool } = require("pg");\nnew Pool().on("error", () => {});\n' });
    expect(out).toMatch(/^1 hint \(1 not shown: --severity hint; 1 of 1 file analysed/);
    // `--fix` mends what is not shown, too.
    const beyond = await check({
      "db.js":
        'const { Pool } = require("pg");\nconst pool = new Pool({ application_name: "a", idleTimeoutMillis: 90_000 });\npool.on("error", () => {});\n',
      "pgbouncer.ini": "[pgbouncer]\npool_mode = transaction\nclient_idle_timeout = 60\n",
    });
    expect(beyond.out).toMatch(/not shown: --severity hint.* 1 can be fixed with --fix\)/);
  });

  test("colour: on request, never with NO_COLOR or --no-color", async () => {
    const coloured = "\u001b[";
    const { out } = await check({ "db.ts": strayed }, ["--color"]);
    expect(out).toContain(`${coloured}31merror`);
    const plain = async (args: string[], env: Record<string, string>) =>
      (await commandLine.run(["check", ...args], { cwd: folder.path, env })).out.includes(coloured);
    expect(await plain([], {})).toBe(false);
    expect(await plain([], { FORCE_COLOR: "1" })).toBe(true);
    expect(await plain([], { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(await plain(["--no-color"], { FORCE_COLOR: "1" })).toBe(false);
  });

  test("--quiet does not fail for warnings without a word", async () => {
    const { code, out, err } = await check({ "db.ts": unheard }, ["--quiet"]);
    expect({ code, out, err }).toEqual({ code: 1, out: "", err: "1 warning not shown, more than --max-warnings 0\n" });
  });

  test("hints are shown when asked for; --quiet shows errors alone", async () => {
    const unnamed = clean.replace(', application_name: "orders"', "");
    expect((await check({ "db.ts": unnamed })).out).not.toContain("require-application-name]");
    expect((await again(["--severity", "hint"])).out).toContain("hint[require-application-name]");
    expect((await check({ "db.ts": unheard, "b.ts": strayed }, ["--quiet"])).out).toMatch(
      /^error\[no-transaction-on-pool\][^[]*$/,
    );
  });

  test("long lines, tabs and control characters do not disturb the frame", async () => {
    const pad = "/* padding */ ".repeat(30);
    const { out } = await check({
      "db.ts": strayed.replace(
        '  await pool.query("BEGIN");',
        `\t${pad}await pool.query("BEGIN"); /* \u001b[2J \u202e */`,
      ),
    });
    const [, code, marks] = /\n {2}7 \| (.*)\n {4}\| (.*)\n/.exec(out)!;
    expect(code!.length).toBeLessThanOrEqual(160);
    expect(code!.slice(marks!.indexOf("^"), marks!.lastIndexOf("^") + 1)).toBe('pool.query("BEGIN")');
    for (const odd of ["\u001b", "\u202e", "\t"]) expect(out).not.toContain(odd);
  });

  test("--rule narrows the report", async () => {
    const { out, code } = await check({ "a.ts": strayed, "b.ts": unheard }, ["--rule", "require-pool-error-handler"]);
    expect(out).toContain("require-pool-error-handler");
    expect(out).not.toContain("no-transaction-on-pool");
    expect(code).toBe(1);
  });
});

describe("json", () => {
  test("is the contract, to the letter", async () => {
    const { code, out } = await check(
      { "src/db.ts": strayed, "src/none.ts": "export {};", "package.json": '{ "name": "orders" }' },
      ["--format", "json", "."],
    );
    const report = JSON.parse(out);
    expect(code).toBe(1);
    expect(Object.keys(report)).toEqual(["version", "profile", "files", "findings", "inventory", "crashes"]);
    expect(report.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(report.profile).toMatchObject({
      kind: { value: "pgbouncer", strength: "assumed" },
      mode: { value: "transaction", strength: "assumed" },
    });
    expect(report.files).toEqual({ seen: 2, analysed: 1 });
    expect(report.crashes).toEqual([]);
    const [finding] = report.findings;
    expect(report.findings).toHaveLength(1);
    expect(Object.keys(finding)).toEqual(["rule", "severity", "message", "path", "start", "end", "related", "fixes"]);
    expect(finding).toMatchObject({
      rule: "no-transaction-on-pool",
      severity: "error",
      path: "src/db.ts",
      start: { line: 7, column: 9 },
      end: { line: 7, column: 28 },
    });
    expect(finding.related[0]).toEqual({
      path: "src/db.ts",
      start: { line: 8, column: 9 },
      end: { line: 8, column: 29 },
      message: expect.any(String),
    });
    expect(report.inventory).toEqual({
      pools: [
        {
          path: "src/db.ts",
          start: { line: 3, column: 14 },
          end: { line: 3, column: 98 },
          library: "pg",
          options: { connectionString: "<environment DATABASE_URL>", application_name: "orders" },
          applicationName: "orders",
        },
      ],
      transactions: [
        { path: "src/db.ts", start: { line: 7, column: 9 }, end: { line: 7, column: 28 }, library: "pg", form: "sql" },
      ],
    });
  });

  test("fixes are edits with places", async () => {
    const { out } = await check({ "db.ts": unheard }, ["--format", "json"]);
    const { fixes } = JSON.parse(out).findings[0];
    expect(fixes[0]).toEqual({
      title: expect.any(String),
      safety: "safe",
      edits: [
        {
          path: "db.ts",
          start: expect.objectContaining({ line: 3 }),
          end: expect.objectContaining({ line: 3 }),
          newText: expect.stringContaining('pool.on("error"'),
        },
      ],
    });
  });

  test("paths are relative to the folder checked, or to the current one where there are several", async () => {
    const files = { "app/one/db.ts": unheard, "app/two/db.ts": unheard };
    const paths = async (...args: string[]) =>
      JSON.parse((await check(files, ["--format", "json", ...args])).out).findings.map(
        ({ path }: { path: string }) => path,
      );
    expect(await paths("app")).toEqual(["one/db.ts", "two/db.ts"]);
    expect(await paths("app/one", "app/two")).toEqual(["app/one/db.ts", "app/two/db.ts"]);
    expect(await paths("app/two/db.ts")).toEqual(["app/two/db.ts"]);
  });
});

describe("sarif", () => {
  test("2.1.0 with rules, related locations, fixes and a base for paths", async () => {
    const { code, out } = await check({ "a b.ts": unheard, "db.ts": strayed }, ["--format", "sarif"]);
    const log = JSON.parse(out);
    expect(code).toBe(1);
    expect(log.version).toBe("2.1.0");
    const [run] = log.runs;
    expect(run.columnKind).toBe("utf16CodeUnits");
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    for (const rule of run.tool.driver.rules) expect(rule.shortDescription.text).not.toBe("");
    const [spaced, stray] = run.results;
    expect(spaced.locations[0].physicalLocation.artifactLocation).toEqual({ uri: "a%20b.ts", uriBaseId: "ROOT" });
    expect(spaced.fixes[0].artifactChanges[0].replacements[0]).toEqual({
      deletedRegion: { startLine: 3, startColumn: expect.any(Number), endLine: 3, endColumn: expect.any(Number) },
      insertedContent: { text: expect.stringContaining("pool.on") },
    });
    expect(stray).toMatchObject({
      level: "error",
      locations: [{ physicalLocation: { region: { startLine: 7, startColumn: 9, endLine: 7, endColumn: 28 } } }],
    });
    expect(stray.relatedLocations[0]).toMatchObject({ id: 1, message: { text: expect.any(String) } });
    expect(run.invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
  });
});

describe("github", () => {
  test("one command a line, escaped", async () => {
    const { out, code } = await check({ "a,b:100%.ts": strayed, "db.ts": unheard }, ["--format", "github"]);
    const [first, second, ...rest] = out.split("\n");
    expect(first).toMatch(
      /^::error file=a%2Cb%3A100%25\.ts,line=7,endLine=7,col=9,endColumn=28,title=no-transaction-on-pool::`BEGIN` .*%0Aa,b:100%25\.ts:8:9 /,
    );
    expect(second).toMatch(/^::warning file=db\.ts,line=3,/);
    expect(rest).toEqual([""]);
    expect(code).toBe(1);
  });
});

describe("--fix", () => {
  test("applies what is safe, until nothing is left", async () => {
    const { code, out } = await check({ "db.ts": unheard, "other.ts": unheard }, ["--fix"]);
    expect(read("db.ts")).toContain('pool.on("error"');
    expect(read("other.ts")).toContain('pool.on("error"');
    expect(out).toMatch(/^no findings .*2 findings fixed/);
    expect(code).toBe(0);
    expect((await again([])).code).toBe(0);
  });

  test("leaves suggestions alone; --fix-suggestions takes them too", async () => {
    const unnamed = clean.replace(', application_name: "orders"', "");
    await check({ "db.ts": unnamed, "package.json": '{ "name": "orders" }' }, ["--fix"]);
    expect(read("db.ts")).toBe(unnamed);
    await again(["--fix-suggestions"]);
    expect(read("db.ts")).toContain('application_name: "orders"');
  });

  test("keeps CRLF, a byte order mark and UTF-16", async () => {
    const windows = unheard.replaceAll("\n", "\r\n");
    await check({ "windows.ts": `\ufeff${windows}`, "wide.ts": Buffer.from(`\ufeff${unheard}`, "utf16le") }, ["--fix"]);
    const fixed = read("windows.ts");
    expect(fixed.startsWith("\ufeffimport")).toBe(true);
    expect(fixed).toContain('pool.on("error"');
    expect(fixed.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const wide = readFileSync(folder.at("wide.ts")).toString("utf16le");
    expect(wide.startsWith("\ufeffimport")).toBe(true);
    expect(wide).toContain('pool.on("error"');
  });

  test("does not touch a file whose bytes it cannot write back", async () => {
    const bytes = Buffer.from(`${unheard}// caf\xe9\n`, "latin1");
    const { code, err } = await check({ "db.ts": bytes }, ["--fix"]);
    expect(readFileSync(folder.at("db.ts"))).toEqual(bytes);
    expect(err).toBe("db.ts: not fixed: it is not valid UTF-8, and writing it would lose text\n");
    expect(code).toBe(1);
  });

  test("--diff prints a patch of what would be written, and writes nothing", async () => {
    const files = {
      "windows.ts": `\ufeff${unheard.replaceAll("\n", "\r\n")}`,
      "sub/open.ts": `${unheard}export {};`,
      "long.ts": `${unheard}\n${"// more\n".repeat(20)}${unheard.replaceAll("pool", "other").split("\n")[2]}\n`,
      "clean.ts": clean,
    };
    const { code, out, err } = await check(files, ["--diff"]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    for (const [path, text] of Object.entries(files)) expect(read(path)).toBe(text);
    expect(out).not.toContain("clean.ts");
    writeFileSync(folder.at("fixes.patch"), out);
    execFileSync("git", ["apply", "fixes.patch"], { cwd: folder.path });
    const patched = Object.keys(files).map(read);
    folder.write(files);
    await again(["--fix"]);
    expect(patched).toEqual(Object.keys(files).map(read));
    expect(await again(["--diff"])).toEqual({ code: 0, out: "", err: "" });
    expect((await again(["--diff", "--format", "json"])).err).toContain("--diff is a format of its own");
  });

  test("fixes only what was asked for", async () => {
    await check({ "a.ts": unheard, "b.ts": unheard }, ["--fix", "a.ts"]);
    expect(read("a.ts")).not.toBe(unheard);
    expect(read("b.ts")).toBe(unheard);
    await again(["--fix", "--rule", "no-double-pool"]);
    expect(read("b.ts")).toBe(unheard);
  });
});

describe("odd input is survived and named", () => {
  test("an empty folder", async () => {
    expect(await check({})).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringMatching(/^no findings \(no source files\)/),
    });
  });

  test("a file given as path is checked with the project around it", async () => {
    const { code, out } = await check(
      {
        "package.json": "{}",
        "src/db.ts": clean,
        "src/transfer.ts": 'import { pool } from "./db";\nexport const begin = () => pool.query("BEGIN");\n',
        "src/other.ts": strayed,
      },
      ["src/transfer.ts"],
    );
    expect(code).toBe(1);
    expect(out).toContain("src/transfer.ts:2:28");
    expect(out).not.toContain("src/other.ts");
  });

  test("a file given as path goes by the bouncer-safe.json above, in a project without a manifest too", async () => {
    const settings = '{ "rules": { "no-transaction-on-pool": "off" } }';
    const files = { "bouncer-safe.json": settings, "src/db.ts": strayed };
    expect((await check(files, ["src/db.ts"])).out).toMatch(/^no findings/);
  });

  test("a file given as path that is not looked at is named, with the reason", async () => {
    folder = createFolder({
      "package.json": "{}",
      "bouncer-safe.json": '{ "ignore": ["old"] }',
      "old/db.ts": strayed,
      "plain.ts": "export {};\n",
      "notes.md": "# Notes\n",
      "bundle.js": `require("pg");new Pool();${"x".repeat(600_000)}`,
    });
    symlinkSync(folder.at("plain.ts"), folder.at("link.ts"));
    const { code, err } = await again(["plain.ts", "old/db.ts", "notes.md", "bundle.js", "link.ts", "package.json"]);
    expect(err.split("\n")).toEqual([
      "old/db.ts: not checked: `.gitignore` or the setting `ignore` leaves it out",
      "notes.md: not checked: no source code or configuration that bouncer-safe reads",
      "bundle.js: set aside: generated: its lines are thousands of characters long",
      "link.ts: not checked: a link",
      "",
    ]);
    expect(code).toBe(0);
  });

  test("files and folders that may not be read", async () => {
    folder = createFolder({ "db.ts": clean, "secret.ts": clean, "locked/db.ts": clean });
    chmodSync(folder.path, 0o755);
    chmodSync(folder.at("secret.ts"), 0);
    chmodSync(folder.at("locked"), 0);
    chmodSync(commandLine.dist, 0o755);
    const { code, err } = await commandLine.run(["check"], { cwd: folder.path, as: "nobody" });
    expect(err.split("\n")).toEqual([
      "locked: cannot be read: permission denied",
      "secret.ts: cannot be read: permission denied",
      "",
    ]);
    expect(code).toBe(2);
    const { out } = await commandLine.run(["check", "--format", "json"], { cwd: folder.path, as: "nobody" });
    expect(JSON.parse(out).crashes).toEqual([
      { path: "locked", message: "cannot be read: permission denied" },
      { path: "secret.ts", message: "cannot be read: permission denied" },
    ]);
    chmodSync(folder.at("locked"), 0o755);
  });

  test("a bad bouncer-safe.json: told with its line, the rest counts", async () => {
    const { code, out, err } = await check({
      "db.ts": unheard,
      "bouncer-safe.json": '{\n  "rules": { "require-pool-error-handler": "off" },\n  "replica": 2\n}\n',
    });
    expect(err).toBe("bouncer-safe.json: line 3: `replica` is no setting; did you mean `replicas`?\n");
    expect(out).toContain("no findings");
    expect(code).toBe(2);
  });

  test("a broken tsconfig and package.json", async () => {
    const { code, err } = await check({
      "db.ts": strayed,
      "tsconfig.json": '{ "compilerOptions": { "paths": ',
      "package.json": "{{{",
    });
    expect({ code, err }).toEqual({ code: 1, err: "" });
  });

  test("a generated bundle of 2 MB is set aside", async () => {
    const { code, out, err } = await check({
      "db.ts": clean,
      "out/bundle.js": `require("pg");${"x=1;".repeat(500_000)}`,
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("1 file set aside: generated");
  });

  test("a loop of links, half-typed code, bytes that are no text", async () => {
    folder = createFolder({
      "half.ts": `${strayed}export async function half() { const client = await pool.connect(; try {`,
      "latin.ts": Buffer.from(`${strayed}// caf\xe9`, "latin1"),
      "zero.ts": Buffer.from(`${strayed}\0`),
    });
    symlinkSync(folder.path, folder.at("loop"));
    const { code, out, err } = await again([]);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("half.ts:7:9");
    expect(out).toContain("latin.ts:7:9");
    expect(out).not.toContain("zero.ts");
  });

  test("a reader that closes the pipe", async () => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`db${index}.ts`, strayed]));
    folder = createFolder(files);
    const { spawnSync } = await import("node:child_process");
    const { stderr } = spawnSync("sh", ["-c", `"${process.execPath}" "${commandLine.dist}/cli.js" check | head -1`], {
      cwd: folder.path,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
  });
});

describe("suppression", () => {
  test("comments hide findings; an unused one is a finding that --fix removes", async () => {
    const hidden = strayed.replace(
      '  await pool.query("BEGIN")',
      '  // bouncer-safe-disable-next-line no-transaction-on-pool -- a test double\n  await pool.query("BEGIN")',
    );
    expect((await check({ "db.ts": hidden })).code).toBe(0);
    const { code, out } = await check({ "db.ts": `// bouncer-safe-disable-next-line no-leaked-client\n${clean}` });
    expect(out).toContain("warning[unused-suppression] Nothing on the next line is a finding of `no-leaked-client`");
    expect(code).toBe(1);
    expect((await again(["--fix"])).code).toBe(0);
    expect(read("db.ts").trimStart()).toBe(clean);
  });

  test("a baseline hides what it lists and tells what is left over", async () => {
    expect(await check({ "db.ts": strayed }, ["--write-baseline"])).toEqual({
      code: 0,
      out: "",
      err: "1 finding written to bouncer-safe-baseline.json\n",
    });
    folder.write({ "db.ts": `// moved\n\n${strayed}` });
    const { code, out } = await again([]);
    expect(code).toBe(0);
    expect(out).toContain("1 in the baseline");
    expect((await again(["--no-baseline"])).code).toBe(1);
    folder.write({ "db.ts": clean });
    expect((await again([])).err).toBe(
      "bouncer-safe-baseline.json: no finding of no-transaction-on-pool in db.ts is left: write the baseline again\n",
    );
    folder.write({ "bouncer-safe-baseline.json": "[" });
    expect(await again([])).toMatchObject({
      code: 2,
      err: expect.stringContaining("bouncer-safe-baseline.json is no JSON"),
    });
  });

  test("settings: a rule off, and a folder left out", async () => {
    expect(
      (await check({ "db.ts": strayed, "bouncer-safe.json": '{ "rules": { "no-transaction-on-pool": "off" } }' })).code,
    ).toBe(0);
    expect((await check({ "old/db.ts": strayed, "bouncer-safe.json": '{ "ignore": ["old"] }' })).code).toBe(0);
    expect(
      (
        await check({ "db.ts": strayed, "ci.json": '{ "rules": { "no-transaction-on-pool": "information" } }' }, [
          "--config",
          "ci.json",
        ])
      ).code,
    ).toBe(0);
  });
});

describe("secrets", () => {
  const secrets = ["hunter2", "tr0ub4dor", "correct-horse", "b4ttery", "st4ple", "s3same"];
  const files = {
    "db.ts": `import { Pool } from "pg";
export const a = new Pool({ connectionString: "postgres://app:hunter2@db:6432/app?sslpassword=b4ttery" });
export const b = new Pool({ host: "db", password: "tr0ub4dor", application_name: "x".repeat(80) });
export async function f() { await a.query("BEGIN"); await a.query("ALTER ROLE app PASSWORD 'st4ple'; COMMIT"); }
`,
    ".env": "DATABASE_URL=postgres://app:correct-horse@db:6432/app\nPGPASSWORD=s3same\n",
    "env.ts":
      'import postgres from "postgres";\nexport const sql = postgres(process.env.DATABASE_URL!, { max: 1, idle_timeout: 0 });\n',
    "pgbouncer.ini":
      "[databases]\napp = host=db user=app password=s3same\n[pgbouncer]\npool_mode = session\nclient_idle_timeout = 5\n",
  };

  test.each([["text"], ["json"], ["sarif"], ["github"]])("none is printed as %s", async (format) => {
    const { out, err } = await check(files, ["--format", format, "--severity", "hint", "--timing"]);
    expect(out).toContain("db.ts");
    for (const secret of secrets) expect(out + err, secret).not.toContain(secret);
  });

  test.each([["profile"], ["facts"], ["model"], ["findings"]])("none is printed with --print %s", async (stage) => {
    const { out, err } = await check(files, ["--print", stage]);
    expect(out).not.toBe("");
    for (const secret of secrets) expect(out + err, secret).not.toContain(secret);
  });
});

describe("a check of files that have not changed", () => {
  /** What was kept, with a mark in place of the report: whoever prints it has not analysed. */
  const mark = () => {
    const cache = `${commandLine.dist}/cache`;
    for (const name of readdirSync(cache).filter((one) => one.endsWith(".json"))) {
      const kept = JSON.parse(readFileSync(`${cache}/${name}`, "utf8"));
      writeFileSync(`${cache}/${name}`, JSON.stringify({ ...kept, output: [["out", "kept\n"]] }));
    }
  };
  /** Files younger than the clock is coarse are not trusted. */
  const settle = () => new Promise((resolve) => setTimeout(resolve, 2_100));

  test("is answered from the last one, until one of them does, or it is told not to", async () => {
    folder = createFolder({ "db.ts": strayed, "pgbouncer.ini": "[pgbouncer]\npool_mode = transaction\n" });
    await settle();
    const first = await again([]);
    expect(first.code).toBe(1);
    expect(await again([])).toEqual(first);
    mark();
    expect(await again([])).toEqual({ code: 1, err: "", out: "kept\n" });
    // Another question, and the same one with the answer asked for anew.
    expect((await again(["--format", "json"])).out).toContain("no-transaction-on-pool");
    expect(await again(["--no-cache"])).toEqual(first);
    writeFileSync(folder.at("db.ts"), clean);
    expect((await again([])).code).toBe(0);
    expect((await again([])).out).not.toBe("kept\n");
  });

  test("leaves what it found out of each file to the next, unless it is told not to", async () => {
    const facts = () => readdirSync(`${commandLine.dist}/cache`).filter((name) => name.startsWith("facts-"));
    folder = createFolder({ "db.ts": strayed });
    const before = facts();
    const first = await again(["--no-cache"]);
    expect(facts()).toEqual(before);
    expect(await again(["--timing"])).toMatchObject({ code: first.code, out: first.out });
    expect(facts().length).toBe(before.length + 1);
    expect(await again(["--timing"])).toMatchObject({ code: first.code, out: first.out });
  });

  test("is made anew where a file that was not there appears, and never kept while files are young", async () => {
    folder = createFolder({ "db.ts": clean });
    await again([]);
    mark();
    expect((await again([])).out).not.toBe("kept\n");
    await settle();
    await again([]);
    mark();
    expect((await again([])).out).toBe("kept\n");
    writeFileSync(folder.at("bouncer-safe.json"), '{ "pooler": { "mode": "session" } }');
    expect((await again([])).out).not.toBe("kept\n");
  });
});

describe("the other commands", () => {
  test("help of each, and the version", async () => {
    for (const name of ["check", "explain", "rules", "profile", "lsp"]) {
      expect(await commandLine.run([name, "--help"])).toMatchObject({
        code: 0,
        err: "",
        out: expect.stringMatching(new RegExp(`^bouncer-safe ${name}`)),
      });
    }
    expect(await commandLine.run(["--help"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("bouncer-safe explain <rule>"),
    });
    const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
    expect(await commandLine.run(["--version"])).toEqual({ code: 0, err: "", out: `${version}\n` });
  });

  test("explain tells a rule's why; an unknown one is misuse", async () => {
    const { code, out } = await commandLine.run(["explain", "no-transaction-on-pool"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^no-transaction-on-pool\n.+\n\nseverity: error/);
    expect(await commandLine.run(["explain", "transaction-on-pool"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("did you mean no-transaction-on-pool?"),
    });
    expect((await commandLine.run(["explain"])).code).toBe(2);
  });

  test("rules lists each, also as JSON", async () => {
    const { out } = await commandLine.run(["rules"]);
    const listed = JSON.parse((await commandLine.run(["rules", "--format", "json"])).out) as { name: string }[];
    expect(listed.length).toBeGreaterThan(10);
    for (const { name } of listed) expect(out).toContain(`  ${name} `);
  });

  test("profile names the pooler and its evidence", async () => {
    folder = createFolder({ "pgbouncer.ini": "[pgbouncer]\npool_mode = session\n" });
    const { code, out } = await commandLine.run(["profile", folder.path]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^PgBouncer, session mode, where nothing else is said\n {2}pooler +PgBouncer .*\n {2}pool_mode +session +pgbouncer\.ini:2/,
    );
  });

  test("profile says that nothing is said, where nothing is, and that no pool is opened", async () => {
    folder = createFolder({ "a.js": "console.log(1);\n" });
    const { code, out } = await commandLine.run(["profile", folder.path]);
    expect(code).toBe(0);
    expect(out).toContain("\nNothing here says which pooler there is.");
    expect(out).toContain("\nNo pool, engine or client of PostgreSQL is opened here.\n");
  });

  test("profile names what is wrong in bouncer-safe.json", async () => {
    folder = createFolder({ "bouncer-safe.json": '{ "pooler": { "kind": "pgbuncer" },\n"replicas": 0 }' });
    const { code, err } = await commandLine.run(["profile", folder.path]);
    expect(err).toMatch(/bouncer-safe\.json: line 1: .*pgbuncer/);
    expect(err).toMatch(/bouncer-safe\.json: line 2: .*replicas/);
    expect(code).toBe(2);
    const missing = await commandLine.run(["profile", "--config", "nowhere.json", folder.path]);
    expect(missing.err).toContain("--config nowhere.json: no such file");
    expect(missing.code).toBe(2);
  });

  test("profile shows every pooler with its pools, also as JSON, also where there is no code", async () => {
    const files = {
      "compose.yml":
        "services:\n  p:\n    image: edoburu/pgbouncer:1.18.0\n    environment: { POOL_MODE: statement }\n",
      "infra/pool.tf": 'resource "digitalocean_database_connection_pool" "a" {\n  name = "a"\n  mode = "session"\n}\n',
    };
    folder = createFolder(files);
    const bare = await commandLine.run(["profile", folder.path]);
    expect(bare.out).toMatch(/^PgBouncer 1\.18\.0, statement mode, where nothing else is said\n/);
    expect(bare.out).toMatch(/\n\nDigitalOcean's PgBouncer, session mode\n/);

    folder.write({
      "db.ts": 'import { Pool } from "pg";\nexport const pool = new Pool({ host: "p", database: "a" });\n',
    });
    const { code, out } = await commandLine.run(["profile", "--format", "json", folder.path]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([
      {
        label: "PgBouncer 1.18.0, statement mode",
        main: true,
        profile: {
          mode: {
            value: "statement",
            strength: "stated",
            words: "compose.yml:4 POOL_MODE=statement",
            path: "compose.yml",
          },
          version: { value: "1.18.0" },
        },
        pools: [{ library: "pg", path: "db.ts", start: { line: 2, column: 21 } }],
      },
      { label: "DigitalOcean's PgBouncer, session mode", main: false, pools: [] },
    ]);
    expect((await commandLine.run(["profile", "--format", "sarif"])).code).toBe(2);
  });

  test("print shows each stage, timing what it cost", async () => {
    expect((await check({ "db.ts": strayed }, ["--print", "facts"])).out).toMatch(/^# db\.ts\n/);
    expect((await again(["--print", "model"])).out).toMatch(
      /^pools: 1\n {2}db\.ts:3:14 pg .*\n(?:.|\n)*\ntransactions: 1\n/,
    );
    expect((await again(["--print", "findings"])).out).toMatch(/^db\.ts:7:9-7:28 error no-transaction-on-pool /);
    expect((await again(["--timing"])).err).toMatch(
      /^read +[\d.]+ ms\n(?:.|\n)*check\/no-transaction-on-pool(?:.|\n)*\nall +[\d.]+ ms\n$/,
    );
  });

  test.each([[["--stdio"]], [[]]])("lsp %j answers over standard input and output", async (args) => {
    const { spawn } = await import("node:child_process");
    const child = spawn(process.execPath, [`${commandLine.dist}/cli.js`, "lsp", ...args]);
    const message = JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    child.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
    const answer = await new Promise<string>((resolve) => child.stdout.setEncoding("utf8").once("data", resolve));
    child.kill();
    expect(answer).toContain("Content-Length");
  });
});

test("a workspace without a database never loads the compiler", async () => {
  folder = createFolder({ "a.ts": 'import { readFile } from "node:fs";' });
  const { renameSync } = await import("node:fs");
  renameSync(`${commandLine.dist}/typescript.js`, `${commandLine.dist}/typescript.gone`);
  try {
    expect(await again([])).toMatchObject({ code: 0, err: "" });
  } finally {
    renameSync(`${commandLine.dist}/typescript.gone`, `${commandLine.dist}/typescript.js`);
  }
});
