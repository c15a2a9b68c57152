import type { OptionSetting } from "../core/driver.ts";
import { addQueryParameter, replace } from "../core/edit.ts";
import type { Model, Pool } from "../core/model.ts";
import type { Edit, Fix, Rule } from "../core/rule.ts";
import { slice } from "../core/text.ts";
import { misplacedName } from "./knowledge/application-name.ts";
import { isEngine, usesAsyncpg } from "./knowledge/engines.ts";
import { literal, optionAt, optionFor, poolLabel, setOptions, sourceOf } from "./knowledge/options.ts";
import { isOlderThan, poolerName } from "./knowledge/verdict.ts";

export const requireApplicationName: Rule = {
  name: "require-application-name",
  summary: "Connections carry no `application_name`, so nobody can tell whose they are.",
  why: `Behind a pooler every server connection comes from the pooler's address. \`application_name\` is what still tells applications apart in
\`pg_stat_activity\`, in the logs and in \`SHOW CLIENTS\`: who holds that lock, who fills the pool. PgBouncer tracks it per client. Before
PgBouncer 1.22 a client without a name runs under the name that the previous client left on the server connection, so the blame falls on
somebody else.

Name the service, not the process: \`orders-api\`, or \`orders-api:user@host\`.

The rule looks at options, the connection URL, \`PGAPPNAME\` and \`.env\` files. It does not see names that the deployment puts into the URL.`,
  group: "pools",
  severity: "hint",
  fix: "suggestion",
  dependsOn: ["kind", "version"],
  *check(model) {
    for (const pool of model.pools) {
      if (pool.via !== "opens" || pool.postgres !== "yes") continue;
      // Nobody looks for a unit test in pg_stat_activity.
      if (pool.context === "test") continue;
      // PostgreSQL itself shows where its clients come from.
      if (pool.profile.direct) continue;
      // Where connections come from elsewhere, so do their names.
      if (!isUnnamed(pool) || misplacedName(pool) || optionFor(pool, "handle")) continue;
      const inherits = isOlderThan(pool.profile, [1, 22]) && pool.applicationName.given === "no";
      const label = `\`${poolLabel(model, pool)}\``;
      const elsewhere =
        pool.url && pool.url.place.path !== pool.place.path
          ? [{ place: pool.url.place, message: "The connection URL comes from here." }]
          : [];
      yield {
        place: pool.place,
        ...(inherits ? { severity: "warning" as const } : {}),
        message: inherits
          ? `${label} sets no \`application_name\`: its statements run under the name of whichever client used the server connection before (${pool.profile.version!.words}, before 1.22).`
          : `${label} sets no \`application_name\`${inEnvironment(pool)}: behind ${poolerName(pool.profile)} its connections cannot be told from anyone else's.`,
        related: elsewhere,
        fixes: fixes(model, pool),
      };
    }
  },
};

/** No name for sure; or none in sight and the rest lies in an environment variable that nothing in the workspace explains. */
function isUnnamed({ applicationName, options, url }: Pool): boolean {
  if (applicationName.given !== "unknown") return applicationName.given === "no";
  return options.complete && url?.environment !== undefined && !url.complete && applicationName.name === undefined;
}

const inEnvironment = ({ url, applicationName }: Pool): string =>
  applicationName.given === "unknown" && url?.environment ? ` and nothing shows one in \`${url.environment}\`` : "";

function fixes(model: Model, pool: Pool): Fix[] {
  const path = pool.place.path;
  const name = (model.projectName(path) ?? "my-service").split("/").at(-1)!;
  const quotedName = literal(model, path, name);
  const detail = detailedName(pool, name);
  const plain = nameWith(model, pool, quotedName) ?? inUrl(model, pool, name) ?? insteadOfUrl(model, pool, quotedName);
  const detailed = nameWith(model, pool, detail.value, detail.imports) ?? insteadOfUrl(model, pool, detail.value);
  return [
    ...(plain
      ? [{ title: `Set \`application_name\` to \`${name}\``, safety: "suggestion" as const, edits: plain }]
      : []),
    ...(detailed
      ? [{ title: `Set \`application_name\` to \`${name}:user@host\``, safety: "suggestion" as const, edits: detailed }]
      : []),
  ];
}

/** The form `name:user@host` as an expression of the file's language. */
const detailedName = ({ driver }: Pool, name: string): Omit<OptionSetting, "path"> =>
  driver.language === "python"
    ? {
        value: `f"${name}:{getpass.getuser()}@{socket.gethostname()}"`,
        imports: [{ module: "getpass" }, { module: "socket" }],
      }
    : { value: `\`${name}:\${process.env.USER}@\${process.env.HOSTNAME}\`` };

function nameWith(
  model: Model,
  pool: Pool,
  value: string,
  imports: OptionSetting["imports"] = [],
): readonly Edit[] | undefined {
  const option = nameOptionOf(pool);
  if (option === undefined) return undefined;
  return setOptions(model, pool, [{ path: option, value, imports }]) ?? besideUrl(model, pool, option, value);
}

/** Where the name goes: below SQLAlchemy the database's driver decides. */
const nameOptionOf = (pool: Pool): string | undefined => {
  const { option } = pool.driver.applicationName;
  return isEngine(pool) && usesAsyncpg(pool)
    ? option?.replace("connect_args.", "connect_args.server_settings.")
    : option;
};

/** `connection: url` becomes `connection: { connectionString: url, application_name: … }` where the library takes both forms. */
function besideUrl(model: Model, pool: Pool, option: string, value: string): readonly Edit[] | undefined {
  const [outer, inner] = option.split(".");
  const url = outer === undefined ? undefined : optionAt(pool, outer);
  const takesBoth = pool.driver.options[`${outer}.connectionString`]?.means === "url";
  if (!url || !inner || !takesBoth || url.means !== "url" || url.from !== "object") return undefined;
  const source = sourceOf(model, url.place.path);
  const written = slice(source.text, url.valueSpan);
  const isShorthand = url.keySpan.start === url.valueSpan.start;
  const object = `{ connectionString: ${written}, ${inner}: ${value} }`;
  return [replace(source, url.valueSpan, isShorthand ? `${outer}: ${object}` : object)];
}

/** `new Client(url)` becomes `new Client({ connectionString: url, application_name: … })`, where the URL says enough without a dialect. */
function insteadOfUrl(model: Model, pool: Pool, value: string): readonly Edit[] | undefined {
  const { driver, call, options } = pool;
  const name = driver.applicationName.option;
  const url = options.entries.find(({ from, means }) => from === "argument" && means === "url");
  if (!name || !url || driver.dialect || call.arguments.length !== 1) return undefined;
  const parents = name.split(".").slice(0, -1);
  if (driver.options[[...parents, "connectionString"].join(".")]?.means !== "url") return undefined;
  const source = sourceOf(model, url.place.path);
  const inner = `{ connectionString: ${slice(source.text, url.place.span)}, ${name.split(".").at(-1)}: ${value} }`;
  return [
    replace(
      source,
      url.place.span,
      parents.reduceRight((object, key) => `{ ${key}: ${object} }`, inner),
    ),
  ];
}

function inUrl(model: Model, pool: Pool, name: string): readonly Edit[] | undefined {
  // asyncpg knows no such parameter.
  if (isEngine(pool) && usesAsyncpg(pool)) return undefined;
  const { urlParameter } = pool.driver.applicationName;
  const place = pool.url?.literal;
  if (!urlParameter || !place) return undefined;
  const edit = addQueryParameter(sourceOf(model, place.path), place.span, urlParameter, name);
  return edit && [edit];
}
