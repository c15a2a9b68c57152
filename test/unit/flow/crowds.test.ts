import { expect, test } from "vitest";
import { type Analyzer, createAnalyzer } from "../../../server/src/analyze.ts";
import type { Snapshot } from "../../../server/src/core/snapshot.ts";
import { type Files, root, snapshotOf } from "../../snapshot.ts";

const registry = `
kept = []

def task(fn):
    kept.append(fn)
    return fn
`;

const app = `
from sqlalchemy import create_engine, text
from tasks import mail, note

engine = create_engine("postgresql+psycopg://db/app")

def pay(to):
    with engine.begin() as connection:
        connection.execute(text("UPDATE accounts SET paid = true"))
        note(to)

def order(to):
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO orders DEFAULT VALUES"))
        mail(to)
`;

/** Functions that one decorator registers and returns, and that call each other. */
const tasks = (count: number, calls: readonly number[] = [1]): string => `
import requests
from registry import task

@task
def mail(to):
    requests.post("https://mail.example", json=to)

@task
def note(to):
    return to
${Array.from(
  { length: count },
  (_, id) => `
@task
def step${id}(to, then, otherwise=None):
${calls.map((far) => `    step${(id + far) % count}(then, to, otherwise=step${(id + far + 1) % count})`).join("\n")}
    return then
`,
).join("")}`;

const files = (tasks: string): Files => ({ "registry.py": registry, "tasks.py": tasks, "app.py": app });

/** For each transaction, what it waits for. */
async function waits(analyzer: Analyzer, snapshot: Snapshot): Promise<readonly (readonly string[])[]> {
  const { model, crashes } = await analyzer.analyze(snapshot);
  expect(crashes).toEqual([]);
  return model.transactions.map((one) => one.waits.map(({ what }) => what));
}

const changed = (snapshot: Snapshot, path: string, text: string): Snapshot => ({
  ...snapshot,
  version: snapshot.version + 1,
  sources: new Map([...snapshot.sources].map(([one, old]) => [one, one === `${root}/${path}` ? text : old])),
});

test("ends where hundreds of functions that call each other meet in one decorator, and each is still known by its name", async () => {
  const [ofPay, ofOrder] = await waits(createAnalyzer(), snapshotOf(files(tasks(400, [1, 3, 7, 11, 13]))));
  expect(ofPay).toEqual([]);
  expect(ofOrder).toHaveLength(1);
});

test("which functions are too many to be told apart is the same after edits and from a fresh start", async () => {
  const analyzer = createAnalyzer();
  let snapshot = snapshotOf(files(tasks(20)));
  await analyzer.analyze(snapshot);
  const edits: readonly (readonly [string, string])[] = [
    ["tasks.py", tasks(270)],
    ["app.py", app.replace("note(to)", "note(mail)")],
    ["tasks.py", tasks(270).replace("return to", "return requests.get(to)")],
    ["tasks.py", tasks(20)],
  ];
  for (const [path, text] of edits) {
    snapshot = changed(snapshot, path, text);
    expect(await waits(analyzer, snapshot)).toEqual(await waits(createAnalyzer(), snapshot));
  }
});
