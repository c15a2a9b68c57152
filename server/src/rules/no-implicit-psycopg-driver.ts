import { insert } from "../core/edit.ts";
import type { Rule } from "../core/rule.ts";
import { isAtLeast } from "../core/version.ts";
import { isEngine } from "./knowledge/engines.ts";
import { sourceOf } from "./knowledge/options.ts";
import { because, sharesServers } from "./knowledge/verdict.ts";

export const noImplicitPsycopgDriver: Rule = {
  name: "no-implicit-psycopg-driver",
  summary: "A `postgresql://` URL leaves the driver to SQLAlchemy, and 2.1 takes psycopg 3, which prepares statements.",
  why: `SQLAlchemy up to 2.0 reads \`postgresql://\` as psycopg2, which prepares nothing. From 2.1 on it is psycopg 3, which prepares a statement on the server
after five runs: behind a pooler in transaction mode that does not keep prepared statements, the same code then fails after a while with
\`prepared statement "_pg3_0" already exists\`.

Name the driver: \`postgresql+psycopg2://\`, or \`postgresql+psycopg://\` with \`prepare_threshold=None\`.

The rule looks at the version in the project's manifests or lock files. It does not see URLs that come from the environment.`,
  group: "python",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["mode", "version", "maxPreparedStatements"],
  *check(model) {
    for (const pool of model.pools) {
      const { url, profile } = pool;
      const literal = url?.literal;
      if (!isEngine(pool) || url?.scheme !== "postgresql" || !literal) continue;
      if (!sharesServers(profile) || profile.preparedStatements?.value === true) continue;
      const version = model.packageVersion(pool.place.path, "sqlalchemy");
      if (!isAtLeast(version, [2, 0])) continue;
      const isNow = isAtLeast(version, [2, 1]);
      const at = model.text(literal.path).indexOf("postgresql", literal.span.start);
      if (at < 0 || at >= literal.span.end) continue;
      yield {
        place: literal,
        severity: isNow ? "warning" : "hint",
        message: `\`postgresql://\` means psycopg 3 ${isNow ? "in this version of SQLAlchemy" : "from SQLAlchemy 2.1 on"}, and it prepares statements that this pooler does not keep ${because(profile)}.`,
        fixes: [
          {
            title: "Name the driver: `postgresql+psycopg2://`",
            safety: "suggestion",
            edits: [insert(sourceOf(model, literal.path), at + "postgresql".length, "+psycopg2")],
          },
        ],
      };
    }
  },
};
