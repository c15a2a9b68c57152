// `npm start [-- folder [options]]`: checks the example workspace, or another folder, from a fresh clone on.
//
// Exit code: that of the command line for a folder that was given (0 clean, 1 findings, 2 misuse or crash). For the example,
// whose findings are the point, 0 unless the check itself fails.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { ensureBuilt, ensureInstalled, root } from "./installed.mjs";

const example = "test/workspaces/shop";

try {
  ensureInstalled();
  await ensureBuilt();
  const given = process.argv.slice(2);
  process.exitCode = given[0] === undefined || given[0].startsWith("-") ? checkExample(given) : checkFolder(given);
} catch (error) {
  console.error(`npm start: ${error.message}`);
  process.exitCode = 2;
}

function checkExample(options) {
  console.error(`Checking the example workspace, ${example}. Another one: npm start -- <folder>\n`);
  const code = check(root, [example, ...options]);
  if (code < 2)
    console.error(
      "\nWhat is behind a finding: node dist/cli.js explain <rule>, or docs/rules/<rule>.md. In an editor: npm run editor",
    );
  return code < 2 ? 0 : code;
}

function checkFolder([folder, ...options]) {
  // npm runs scripts in the project's folder and keeps in INIT_CWD where the person was.
  const from = process.env.INIT_CWD ?? process.cwd();
  return check(from, [resolve(from, folder), ...options]);
}

function check(cwd, args) {
  const { status } = spawnSync(process.execPath, [join(root, "dist/cli.js"), "check", ...args], {
    cwd,
    stdio: "inherit",
  });
  return status ?? 2;
}
