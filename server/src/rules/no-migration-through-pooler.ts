import { insertAfter, replace } from "../core/edit.ts";
import type { Migration, Model } from "../core/model.ts";
import type { Edit, Fix, Report, Rule } from "../core/rule.ts";
import { slice, span } from "../core/text.ts";
import { sourceOf } from "./knowledge/options.ts";
import { because, poolerName, sharesServers } from "./knowledge/verdict.ts";

export const noMigrationThroughPooler: Rule = {
  name: "no-migration-through-pooler",
  summary: "A migration tool connects through the pooler instead of going to the database itself.",
  why: `\`node-pg-migrate\`, Kysely's Migrator and Prisma Migrate keep two runs apart with an advisory lock of their session. In transaction mode the
lock stays on a server connection that the tool may never see again: two runs get past it at once, and afterwards it is held by nobody,
so that the next one waits or fails with \`Another migration is already running\`.

Knex, Drizzle, TypeORM, MikroORM, Alembic and Django lock a table or nothing, and work. A migration that sets parameters, builds an index concurrently or
runs long is still better off with a connection of its own.

Give the tool the direct URL of the database: \`directUrl\` in schema.prisma, \`datasource.url\` in prisma.config.ts, another entry of Django's
\`DATABASES\` for \`manage.py migrate --database=direct\`, a variable such as \`DIRECT_URL\` for the others.

The rule speaks where the configuration shows a pooler on the way, and is silent where nothing does. It does not see tools that are
called from shell scripts or pipelines.`,
  group: "pools",
  severity: "warning",
  fix: "suggestion",
  dependsOn: ["kind", "mode"],
  *check(model) {
    for (const migration of model.migrations) {
      const { context, profile, url } = migration;
      if (context === "test" || profile.direct || !sharesServers(profile)) continue;
      // Whether anything stands between a tool and the database is not known by default.
      if (profile.kind.strength === "assumed") continue;
      if (url && url.host === undefined && url.port === undefined && url.environment === undefined) continue;
      yield report(model, migration);
    }
  },
};

function report(model: Model, migration: Migration): Report {
  const { place, tool, lock, profile } = migration;
  const pooler = poolerName(profile);
  const locks = lock === "session";
  return {
    place,
    severity: locks ? "warning" : "hint",
    message: locks
      ? `${tool} keeps two runs apart with an advisory lock of its session, and through ${pooler} the lock stays behind on a server connection: two runs at once, or none any more ${because(profile)}.`
      : `The migrations of ${tool} go through ${pooler}; a connection to the database itself is the safer way ${because(profile)}.`,
    fixes: fixes(model, migration),
  };
}

function fixes(model: Model, migration: Migration): Fix[] {
  const edits = edit(model, migration);
  const name = migration.direct ?? "DIRECT_URL";
  return edits ? [{ title: `Migrate through \`${name}\``, safety: "suggestion", edits: [edits] }] : [];
}

function edit(model: Model, { place, tool, url, direct }: Migration): Edit | undefined {
  const source = sourceOf(model, place.path);
  const text = slice(source.text, place.span);
  if (place.path.endsWith(".prisma")) {
    const entry = /^[ \t]*url[ \t]*=[^\n\r]*/m.exec(text);
    if (!entry) return undefined;
    const start = place.span.start + entry.index + (entry[0].length - entry[0].trimStart().length);
    const line = span(start, place.span.start + entry.index + entry[0].trimEnd().length);
    return insertAfter(source, line, `directUrl = env("${direct ?? "DIRECT_URL"}")`);
  }
  // Another variable is only named where it is known to be there.
  if (direct === undefined) return undefined;
  if (place.path.endsWith("package.json"))
    return / -d |--database-url-var|=/.test(text) ? undefined : appended(source, place.span, text, tool, direct);
  const at = url?.environment === undefined ? -1 : text.indexOf(url.environment);
  if (at < 0 || url?.environment === undefined) return undefined;
  const start = place.span.start + at;
  return replace(source, span(start, start + url.environment.length), direct);
}

/** `node-pg-migrate up` → `node-pg-migrate up --database-url-var DIRECT_URL`. */
function appended(
  source: Parameters<typeof replace>[0],
  at: Migration["place"]["span"],
  text: string,
  tool: string,
  direct: string,
): Edit | undefined {
  const call = text.indexOf(tool);
  const end = call + tool.length;
  if (call < 0) return undefined;
  return replace(source, span(at.start + end, at.start + end), ` --database-url-var ${direct}`);
}
