import type { Rule } from "../core/rule.ts";
import type { Place } from "../core/text.ts";
import { isEngineDriver } from "./knowledge/engines.ts";
import { related, samePlace } from "./knowledge/transactions.ts";

export const noUseAfterRelease: Rule = {
  name: "no-use-after-release",
  summary: "A client is used, or released again, after it went back to its pool.",
  why: `After \`release()\` the connection belongs to the next caller. A query on it runs in the middle of that caller's work, perhaps inside its
transaction; a second \`release()\` throws in node-postgres, or frees a connection that somebody else holds.

The rule is silent where it cannot tell whether the release happened.`,
  group: "transactions",
  severity: "error",
  fix: "none",
  dependsOn: [],
  *check(model) {
    const told: Place[] = [];
    for (const checkout of model.checkouts) {
      // SQLAlchemy's sessions may be closed twice and used again; its connections raise an error of their own.
      if (isEngineDriver(checkout.driver)) continue;
      for (const { kind, place, steps } of checkout.misuses) {
        if (told.some((other) => samePlace(other, place))) continue;
        told.push(place);
        const name = checkout.handle ? `\`${checkout.handle}\`` : "The client";
        yield {
          place,
          message:
            kind === "double release"
              ? `${name} is released a second time: the connection may belong to another caller by now.`
              : `${name} was released already: this runs on a connection that may belong to another caller by now.`,
          related: [...related(steps), { place: checkout.place, message: "The client is checked out here." }],
        };
      }
    }
  },
};
