import type { ExternalWait, Model, Transaction } from "../core/model.ts";
import type { Finding, Report, Rule, Severity } from "../core/rule.ts";
import { moveOut } from "./knowledge/move-await.ts";
import { openedWhere, related, samePlace } from "./knowledge/transactions.ts";
import { because, byMode, poolerName, sharesServers } from "./knowledge/verdict.ts";

/** Work of unknown length that somebody else decides is an error, work on this machine is not. */
const severities: Readonly<Record<ExternalWait["kind"], Severity>> = {
  network: "error",
  sleep: "error",
  file: "warning",
  process: "warning",
  queue: "warning",
  cache: "warning",
  computation: "information",
  unknown: "warning",
};

const waits: Readonly<Record<ExternalWait["kind"], string>> = {
  network: "the network",
  sleep: "a timer",
  file: "the file system",
  process: "another process",
  queue: "a queue",
  cache: "a cache",
  computation: "a slow computation",
  unknown: "work outside the database",
};

export const noExternalAwaitInTransaction: Rule = {
  name: "no-external-await-in-transaction",
  summary: "A transaction stays open while the code waits for something outside the database.",
  why: `From BEGIN to COMMIT the transaction has one server connection of the pooler for itself, whether it runs statements or not. While it
waits for an HTTP answer, a timer, a queue or a file, other clients stand in line; with a small pool they get \`query_wait_timeout\`. The
rows it changed stay locked as well, and Prisma ends its own transaction after five seconds.

Do the work before BEGIN or after COMMIT. What must happen only if the transaction commits goes after it, or into an outbox table.

The rule knows well-known libraries and the runtime's own functions. Name others in \`external\`, and functions that never wait in \`pure\`, in
\`bouncer-safe.json\`.`,
  group: "transactions",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["mode"],
  *check(model) {
    const told: { readonly transaction: Transaction; readonly wait: ExternalWait }[] = [];
    for (const transaction of model.transactions) {
      // A test waits on purpose: for the lock that it tests.
      if (transaction.context === "test") continue;
      for (const wait of transaction.waits) {
        // One await is one finding, however many transactions lead to it.
        if (told.some((other) => samePlace(other.wait.place, wait.place))) continue;
        told.push({ transaction, wait });
        yield report(model, transaction, wait);
      }
    }
  },
};

function report(model: Model, transaction: Transaction, wait: ExternalWait): Report {
  const { profile } = transaction;
  const holds = sharesServers(profile) ? `a server connection of ${poolerName(profile)}` : "its connection and locks";
  return {
    place: wait.place,
    severity: severityOf(transaction, wait),
    message: `${wait.what} waits for ${waits[wait.kind]} while the open transaction holds ${holds} that others need ${because(profile)}.`,
    related: callers(model, wait),
    fixes: () => moveOut(model, transaction, wait),
  };
}

function severityOf({ context, profile }: Transaction, { kind }: ExternalWait): Severity {
  // A script that seeds or migrates keeps nobody waiting who does not know of it.
  if (context === "script") return "information";
  const severity = severities[kind];
  // In session mode nobody else could have had the server connection.
  return sharesServers(profile) ? byMode(profile, severity) : severity === "error" ? "warning" : severity;
}

/** Every way from a BEGIN to this await. */
function callers(model: Model, wait: ExternalWait): Finding["related"] {
  const ways = waysTo(model).get(`${wait.place.path} ${wait.place.span.start}`) ?? [];
  return ways.flatMap(([transaction, { chain }]) => [...openedWhere(transaction), ...related(chain)]);
}

type Ways = ReadonlyMap<string, readonly (readonly [Transaction, ExternalWait])[]>;

const known = new WeakMap<Model, Ways>();

/** The transactions that wait at a place, by it. */
function waysTo(model: Model): Ways {
  let ways = known.get(model);
  if (!ways) {
    const found = new Map<string, [Transaction, ExternalWait][]>();
    for (const transaction of model.transactions) {
      if (transaction.context === "test") continue;
      for (const wait of transaction.waits) {
        const key = `${wait.place.path} ${wait.place.span.start}`;
        found.set(key, [...(found.get(key) ?? []), [transaction, wait]]);
      }
    }
    ways = found;
    known.set(model, ways);
  }
  return ways;
}
