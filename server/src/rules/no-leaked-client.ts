import type { Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { isEngineDriver } from "./knowledge/engines.ts";
import { releaseInFinally } from "./knowledge/release-client.ts";
import { related, wayOut } from "./knowledge/transactions.ts";

export const noLeakedClient: Rule = {
  name: "no-leaked-client",
  summary: "A client checked out of a pool is not given back on some path.",
  why: `Each leaked client is one fewer in the pool, until \`connect()\` waits for ever. In session mode it also holds a server connection of the
pooler for as long as the process lives. Release in a \`finally\`, or use the pool's own \`query\` where one statement is enough.

The rule is silent once the client is returned, stored or handed to code that it cannot see. A client whose transaction is left open is
reported by \`no-leaked-transaction\`. Where \`except AdminShutdown\` and kin say that the server has ended the connection, nothing is claimed of it:
it holds no server any more, though psycopg2's pool still counts it until \`putconn()\`.`,
  group: "transactions",
  severity: "error",
  fix: "suggestion",
  dependsOn: [],
  *check(model) {
    for (const checkout of model.checkouts) {
      const leak = checkout.leaks[0];
      // What Python's sessions hold comes back when they are collected: what is never closed is told by `no-unclosed-session`.
      if (!leak || isEngineDriver(checkout.driver)) continue;
      // Their leak says it all, and its fix releases too. Tests and scripts end with their process.
      if (checkout.transactions.some(({ leaks }) => leaks.length > 0) || checkout.context !== "application") continue;
      const call = slice(model.text(checkout.place.path), checkout.call.calleeSpan).replace(/\s+/g, "");
      yield {
        place: checkout.place,
        message: `The client of \`${call}()\` is not released on one path${wayOut(leak.steps)}: the pool is one connection short for good.`,
        related: related(leak.steps),
        fixes: () => {
          const edits = releaseInFinally(model, checkout);
          return edits ? [{ title: "Release it in `finally`", safety: "suggestion", edits }] : [];
        },
      };
    }
  },
};
