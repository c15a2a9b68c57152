import type { Model, Pool } from "../core/model.ts";
import type { PoolerKind } from "../core/profile.ts";
import type { Edit, Report, Rule } from "../core/rule.ts";
import { removeOption } from "./knowledge/options.ts";
import { withoutParameters } from "./knowledge/url.ts";
import { poolerName, sharesServers } from "./knowledge/verdict.ts";

/** Switches that the library's or the service's own documentation says to leave off there. Any other does no harm. */
const advisedAgainst: readonly { readonly driver: string; readonly kinds?: readonly PoolerKind[] }[] = [
  // Prisma: not with PgBouncer 1.21 or newer.
  { driver: "prisma" },
  { driver: "postgres", kinds: ["hyperdrive"] },
  { driver: "drizzle", kinds: ["hyperdrive"] },
];

/** What switches the named statements off, as it is written. */
interface Flag {
  readonly written: string;
  readonly place: Pool["place"];
  readonly remove: Edit | undefined;
}

export const noObsoletePoolerFlag: Rule = {
  name: "no-obsolete-pooler-flag",
  summary: "A work-around switches prepared statements off that the pooler would keep.",
  why: `\`pgbouncer=true\` in Prisma's URL and \`prepare: false\` of postgres.js switch named prepared statements off, because poolers used to lose
them. PgBouncer keeps them from version 1.21 on where \`max_prepared_statements\` is above 0, and Hyperdrive and Neon keep them too. There the
work-around costs time: every query is parsed and planned anew, and Prisma sends statements of its own around each one. Prisma's
documentation says to leave the flag out with such a PgBouncer, Cloudflare's says the same of \`prepare: false\`.

The rule speaks only where the configuration says that statements are kept. It does not see flags in a URL that the workspace does not hold.`,
  group: "pools",
  severity: "information",
  fix: "suggestion",
  dependsOn: ["kind", "mode", "version", "maxPreparedStatements"],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.via !== "opens" || pool.postgres !== "yes" || pool.statements.named !== "no") continue;
      const { kind, preparedStatements: kept } = pool.profile;
      if (!kept?.value || kept.strength !== "stated" || kind.strength !== "stated" || !sharesServers(pool.profile))
        continue;
      const isNeedless = advisedAgainst.some(
        ({ driver, kinds }) => driver === pool.driver.name && (kinds === undefined || kinds.includes(kind.value)),
      );
      const flag = isNeedless ? flagOf(model, pool) : undefined;
      if (flag) yield report(pool, flag);
    }
  },
};

function report(pool: Pool, { written, place, remove }: Flag): Report {
  const { profile, driver } = pool;
  return {
    place,
    message: `\`${written}\` switches the prepared statements of ${driver.label} off, and ${poolerName(profile)} keeps them here: every query is planned anew for nothing (${profile.preparedStatements?.words}).`,
    fixes: remove ? [{ title: "Take it out", safety: "suggestion", edits: [remove] }] : [],
  };
}

function flagOf(model: Model, pool: Pool): Flag | undefined {
  const { option } = pool.statements;
  if (option) {
    const { path, span } = option.place;
    return {
      written: model.text(path).slice(span.start, span.end),
      place: option.place,
      remove: removeOption(model, pool, option),
    };
  }
  for (const [name, { means, off }] of Object.entries(pool.driver.urlParameters ?? {})) {
    const value = pool.url?.parameters[name];
    if (means !== "prepare" || value === undefined || !off?.includes(value)) continue;
    return {
      written: `${name}=${value}`,
      place: pool.url?.literal ?? pool.place,
      remove: withoutParameters(model, pool, [name]),
    };
  }
  return undefined;
}
