import type { Pool, PoolOptions, UrlFacts } from "../core/model.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { type DriverModule, generatedModules } from "../drivers/index.ts";
import { prisma } from "../drivers/prisma.ts";
import { type PrismaSchema, readPrismaSchema } from "../frontends/prisma/schema.ts";
import type { Poolers } from "../pooler/index.ts";
import { unwrittenCall } from "./calls.ts";
import { namingOf } from "./pool-statements.ts";
import { urlOfText } from "./url-facts.ts";

/** The Prisma schemas of a workspace: where clients are generated, and the databases that they name. */
export class PrismaSchemas {
  private readonly schemas = new Map<string, PrismaSchema>();

  constructor(snapshot: Snapshot) {
    for (const [path, text] of snapshot.configurations) {
      if (path.endsWith(".prisma")) this.schemas.set(path, readPrismaSchema(text));
    }
  }

  /** The driver of a generated client, for a specifier that leads to no file: by the schema's `output`, else by the usual folders. */
  modules(specifier: string): readonly DriverModule[] {
    const usual = generatedModules(specifier);
    if (usual.length > 0) return usual;
    const path = specifier.replace(/\/(index|client)(\.[cm]?[jt]s)?$/, "");
    for (const { outputs } of this.schemas.values()) {
      for (const output of outputs) {
        const tail = output
          .replace(/^(\.\.?\/)+/, "")
          .split("/")
          .slice(-2)
          .join("/");
        if (tail !== "" && (path === tail || path.endsWith(`/${tail}`)))
          return generatedModules("./generated/prisma/client");
      }
    }
    return [];
  }

  /** Whether the schemas name PostgreSQL alone; undefined where there is none. */
  get postgres(): boolean | undefined {
    const providers = [...this.schemas.values()].flatMap(({ datasource }) =>
      datasource?.provider === undefined ? [] : [datasource.provider],
    );
    return providers.length === 0 ? undefined : providers.every(isPostgres);
  }

  /** Every PostgreSQL datasource as a pool of the inventory. `engine`: the client connects by itself there, not through an adapter. */
  pools(poolers: Poolers, engine: (path: string) => boolean): readonly Pool[] {
    const found: Pool[] = [];
    for (const [path, { datasource }] of this.schemas) {
      if (datasource === undefined || !isPostgres(datasource.provider ?? "")) continue;
      const place = { path, span: datasource.span };
      const url: UrlFacts | undefined =
        datasource.url !== undefined
          ? urlOfText([datasource.url.text], place, { path, span: datasource.url.span })
          : datasource.environment === undefined
            ? undefined
            : (poolers.urlOfEnvironment(datasource.environment, path) ?? {
                place,
                environment: datasource.environment,
                parameters: {},
                complete: false,
              });
      const options: PoolOptions = { entries: [], complete: engine(path), sites: {} };
      found.push({
        place,
        call: unwrittenCall("call", datasource.span),
        function: 0,
        driver: prisma,
        type: "PrismaClient",
        role: "pool",
        via: "opens",
        postgres: "yes",
        options,
        // Judged where the client is constructed.
        applicationName: { given: "unknown" },
        startup: [],
        statements:
          url?.scheme?.startsWith("postgres") === true
            ? namingOf(prisma, options, url)
            : { named: "unknown", by: "default" },
        errorHandler: "yes",
        ended: "unknown",
        inBlock: false,
        lifetime: { kind: "once" },
        context: "application",
        profile: poolers.profileFor(url, path),
        ...(url === undefined ? {} : { url }),
      });
    }
    return found;
  }
}

const isPostgres = (provider: string): boolean => /^(postgres|postgresql|cockroachdb)$/.test(provider);
