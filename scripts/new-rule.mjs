// `npm run new-rule <name>`: the skeleton of a rule: its file, its place in the list of rules, its example.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = process.env.NEW_RULE_ROOT ?? fileURLToPath(new URL("..", import.meta.url));
const [name, ...more] = process.argv.slice(2);
const ruleFile = join(root, `server/src/rules/${name}.ts`);
const example = join(root, `test/rules/${name}/example.ts`);

const problem = problemOf();
if (problem) {
  console.error(problem);
  process.exitCode = 2;
} else {
  mkdirSync(join(root, `test/rules/${name}`), { recursive: true });
  writeFileSync(ruleFile, rule());
  writeFileSync(example, fixture());
  register(join(root, "server/src/rules/index.ts"));
  console.log(`server/src/rules/${name}.ts and test/rules/${name}/example.ts are there; both hold a TODO.`);
  console.log(`Then: npx vitest run --project unit test/rules -t ${name}; npm run generate; npm run check`);
}

function problemOf() {
  if (name === undefined || more.length) return "npm run new-rule <name>";
  if (!/^(no|require|ini)(-[a-z]+)+$/.test(name))
    return `'${name}': a rule's name is words with hyphens that say what is bad (no-leaked-client), missing (require-application-name) or in the ini (ini-bad-value)`;
  if (existsSync(ruleFile) || existsSync(example)) return `${name} is there already`;
  return undefined;
}

function variable() {
  return name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
}

function rule() {
  return `import type { Rule } from "../core/rule.ts";

export const ${variable()}: Rule = {
  name: "${name}",
  summary: "TODO: one line in the present tense, for tables.",
  why: \`TODO: what happens behind a pooler, and what to do about it.

The rule does not see TODO.\`,
  group: "transactions",
  severity: "warning",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const checkout of model.checkouts) {
      if (checkout.context !== "application") continue;
      yield { place: checkout.place, message: "TODO: what happens, with the evidence." };
    }
  },
};
`;
}

function fixture() {
  return `import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "orders-api" });
pool.on("error", (error) => console.error(error.message));

export async function listOrders() {
  const client = await pool.connect(); // want warning "TODO"
  try {
    return (await client.query("select * from orders")).rows;
  } finally {
    client.release();
  }
}
`;
}

/** Its import stands where the formatter would put it, its entry at the end of the list. */
function register(index) {
  const lines = readFileSync(index, "utf8").split("\n");
  const line = `import { ${variable()} } from "./${name}.ts";`;
  const fileOf = (text) => /from "(.*)"/.exec(text)?.[1] ?? "";
  const imports = lines.filter((text) => text.startsWith("import "));
  const next = imports.find((text) => fileOf(text).startsWith("./") && fileOf(text) > fileOf(line));
  lines.splice(next ? lines.indexOf(next) : imports.length, 0, line);
  lines.splice(lines.lastIndexOf("];"), 0, `  ${variable()},`);
  writeFileSync(index, lines.join("\n"));
}
