#!/usr/bin/env node
// Takes desktop VS Code's command line and runs the extension tests in code-server's VS Code, in headless Chromium.
// For `@vscode/test-electron`: runTests({ vscodeExecutablePath: this file }).
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { openBrowser } from "./browser.mjs";
import { runServerCommand, startServer } from "./vscode-server.mjs";

/** Flags that take a value; every other flag is desktop VS Code's own affair. */
const withValue = new Set([
  ...["extensionDevelopmentPath", "extensionTestsPath", "extensions-dir", "user-data-dir", "remote-debugging-port"],
  ...["install-extension", "uninstall-extension", "goto"],
]);
const serverCommands = ["install-extension", "uninstall-extension", "list-extensions", "version"];
/** Errors of every window of this host: it has no native modules and no network. */
const hostNoise = /bindings file|ENOTFOUND/;
const timeLimit = Number(process.env.EDITOR_TIME_LIMIT ?? 300_000);

const { flags, positionals } = parse(process.argv.slice(2));
const userData = resolve(last("user-data-dir") ?? ".vscode-test/user-data");
const extensions = resolve(last("extensions-dir") ?? ".vscode-test/extensions");
mkdirSync(extensions, { recursive: true });

if (serverCommands.some((name) => flags.has(name))) {
  const args = serverCommands.flatMap((name) =>
    (flags.get(name) ?? []).flatMap((value) => [`--${name}`, ...(value === "" ? [] : [value])]),
  );
  process.exit(runServerCommand({ userData, extensions, args }) ?? 1);
}
const code = await runTests();
// `runTests` of test-electron drops what is still in the pipe when the process ends.
setTimeout(() => process.exit(code), 150);

async function runTests() {
  // `runTests` always asks for --disable-workspace-trust; restricted mode is asked for beside its command line.
  const trust = process.env.EDITOR_RESTRICTED_MODE ? [] : ["--disable-workspace-trust"];
  // Without the driver's flag the development and test paths of the address are ignored without a word.
  const server = await startServer({ userData, extensions, flags: ["--enable-smoke-test-driver", ...trust] });
  const windowErrors = new Set();
  let browser;
  try {
    browser = await openBrowser(join(userData, "browser"), last("remote-debugging-port"));
    const page = browser.pages()[0] ?? (await browser.newPage());
    const result = new Promise((resolve) => {
      let finished = false;
      const done = (exit) => {
        finished = true;
        resolve(exit);
      };
      const fail = (why) => {
        // What ends because we end it is no failure.
        if (finished) return;
        console.error(why);
        done(1);
      };
      page.exposeFunction("codeAutomationExit", (exit) => done(exit));
      page.exposeFunction("codeAutomationLog", (type, args) => {
        const text = args.map(String).join(" ");
        if (type === "error" && !hostNoise.test(text)) windowErrors.add(text.split("\n")[0]);
        // A dead extension host is reported as exit code 0.
        const dead = /Extension Host Process exited with code: (\S+), signal: (\S+)/i.exec(text);
        if (dead && !["0", "null"].includes(dead[1].replace(",", ""))) fail(text);
        if (dead && dead[2] !== "null") fail(text);
      });
      page.on("crash", () => fail("the page crashed"));
      page.on("close", () => fail("the page was closed"));
      server.child.on("exit", (exit) => fail(`the VS Code server ended with code ${exit}`));
      for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => fail(`ended by ${signal}`));
      setTimeout(() => fail(`no result after ${timeLimit} ms`), timeLimit).unref();
    });
    await page.goto(address(server.port));
    const exit = await result;
    if (exit !== 0) for (const line of [...windowErrors].slice(-10)) console.error(`window: ${line}`);
    return exit;
  } finally {
    await browser?.close().catch(() => {});
    server.stop();
  }
}

function address(port) {
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${resolve(path)}`;
  const payload = [["skipWelcome", "true"]];
  for (const path of flags.get("extensionDevelopmentPath") ?? [])
    payload.push(["extensionDevelopmentPath", remote(path)]);
  for (const path of flags.get("extensionTestsPath") ?? []) payload.push(["extensionTestsPath", remote(path)]);
  const folder = positionals.find((path) => statSync(path).isDirectory());
  for (const path of positionals.filter((path) => statSync(path).isFile())) payload.push(["openFile", remote(path)]);
  const query = new URLSearchParams({ ...(folder && { folder: resolve(folder) }), payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

function parse(args) {
  const flags = new Map();
  const positionals = [];
  for (let index = 0; index < args.length; index++) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(args[index]);
    if (!match) {
      if (existsSync(args[index])) positionals.push(args[index]);
      continue;
    }
    const value = match[2] ?? (withValue.has(match[1]) ? args[++index] : "");
    flags.set(match[1], [...(flags.get(match[1]) ?? []), value]);
  }
  return { flags, positionals };
}

function last(name) {
  return flags.get(name)?.at(-1);
}
