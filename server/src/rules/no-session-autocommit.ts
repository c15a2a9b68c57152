import type { CallInstruction, FunctionId } from "../core/facts.ts";
import type { Model } from "../core/model.ts";
import type { Rule } from "../core/rule.ts";
import type { Place } from "../core/text.ts";
import { isAtLeast } from "../core/version.ts";
import { constantOf, keywordArgument } from "./knowledge/arguments.ts";

export const noSessionAutocommit: Rule = {
  name: "no-session-autocommit",
  summary: "SQLAlchemy 2.0 has no `Session(autocommit=True)` any more.",
  why: `\`autocommit=True\` on a \`Session\` or \`sessionmaker\` left each statement to itself in SQLAlchemy 1.3. In 1.4 it is deprecated, in 2.0 it raises
\`ArgumentError\`. (\`autocommit=False\` is accepted everywhere and means nothing.)

Begin and commit where the work is: \`with Session.begin() as session:\`. For reads alone, an engine with
\`execution_options(isolation_level="AUTOCOMMIT")\` holds no server connection between statements.

The rule goes by the version in the project's manifests; where none is named it is a warning. It does not see arguments that come from a dictionary.`,
  group: "python",
  severity: "error",
  fix: "none",
  dependsOn: [],
  *check(model) {
    for (const { place, call, function: owner } of sessions(model)) {
      const argument = keywordArgument(call, "autocommit");
      if (!argument || constantOf(model, place, owner, argument)?.value !== true) continue;
      const version = model.packageVersion(place.path, "sqlalchemy");
      if (version && !isAtLeast(version, [1, 4])) continue;
      const isGone = isAtLeast(version, [2, 0]);
      yield {
        place: { path: place.path, span: argument.span },
        severity: isGone ? "error" : "warning",
        message: isGone
          ? "SQLAlchemy 2.0 has no `autocommit=True` on a session and raises `ArgumentError`."
          : "`autocommit=True` on a session is deprecated in SQLAlchemy 1.4 and gone from 2.0 (`ArgumentError`).",
      };
    }
  },
};

/** Calls that make sessions, or what makes them. */
function* sessions(
  model: Model,
): Iterable<{ readonly place: Place; readonly call: CallInstruction; readonly function: FunctionId }> {
  const makers = /^(?:async_)?(?:sessionmaker|scoped_session)$/;
  for (const pool of model.pools) if (pool.driver.name === "sqlalchemy" && makers.test(pool.type)) yield pool;
  for (const checkout of model.checkouts) if (checkout.driver.name === "sqlalchemy") yield checkout;
}
