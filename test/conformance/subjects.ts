import type { TypeName } from "../../server/src/core/driver.ts";
import { prisma } from "../../server/src/drivers/prisma.ts";
import { prismaAdapterPg } from "../../server/src/drivers/prisma-adapter-pg.ts";

/** Where a driver's names are found in the real packages. What is left out here is looked up by its own name in the driver's modules. */
export interface Subject {
  /** Type expressions for types that the package does not export under the descriptor's name. */
  readonly types?: Readonly<Record<TypeName, string | readonly string[] | { readonly unchecked: string }>>;
  /** Type expressions for classes that no module of the driver exports. */
  readonly classes?: Readonly<Record<TypeName, readonly string[]>>;
  /** Options types, by the dotted path at which they begin. */
  readonly options?: Readonly<Record<string, string>>;
  /** Modules that cannot be looked into, patterns with the specifiers that stand for them, and names that all installed editions have dropped. */
  readonly modules?: Readonly<
    Record<
      string,
      {
        readonly specifiers?: readonly string[];
        readonly unchecked?: string;
        readonly dropped?: Readonly<Record<string, string>>;
      }
    >
  >;
  /** `Type.member`, or an annotation name → why no installed edition has it. */
  readonly dropped?: Readonly<Record<string, string>>;
  /** The older edition is asked as well. */
  readonly older?: true;
  /** Types shared with another driver are looked up again in this one's packages. */
  readonly own?: true;
}

const done = (module: string) => `Parameters<Parameters<import("${module}").Pool["connect"]>[0]>[2]`;

const knexSubject = {
  Factory: `typeof import("knex")`,
  Knex: `import("knex").Knex`,
  TransactionProvider: `import("knex").Knex.TransactionProvider`,
  Fragment: { unchecked: "stands for values of many types" },
  Connection: `import("pg").Client`,
} as const;

const dynamicModule = "a NestJS module that stands for the pool";

const prismaClass = `ReturnType<typeof import("@prisma/client/runtime/client").getPrismaClient>`;
const generated = Object.keys(prisma.modules);
const otherAdapters = Object.keys(prismaAdapterPg.modules).filter(
  (each) => each !== "@prisma/adapter-pg" && each !== "@prisma/adapter-neon",
);

const drizzle = (module: string): Subject => {
  const database = `ReturnType<typeof import("${module}").drizzle>`;
  return {
    types: {
      Factory: `typeof import("${module}").drizzle`,
      Migrate: `typeof import("${module}/migrator").migrate`,
      Database: database,
      Relations: { unchecked: "its properties are the schema's tables" },
      RelationalQueryBuilder: `import("drizzle-orm/pg-core/query-builders/query").RelationalQueryBuilder<any, any>`,
      Builder: [`import("drizzle-orm/pg-core").AnyPgSelect`, `import("drizzle-orm/pg-core").PgInsert`],
      SqlTag: `typeof import("drizzle-orm").sql`,
      SQL: `import("drizzle-orm").SQL`,
    },
    options: { "": `Parameters<typeof import("${module}").drizzle>[0]` },
  };
};

/** By the driver's label. */
export const subjects: Readonly<Record<string, Subject>> = {
  "node-postgres": {
    types: {
      Done: done("pg"),
      Cursor: `import("pg-cursor")`,
      QueryStream: `import("pg-query-stream")`,
      NativeClient: { unchecked: "pg-native has no types" },
    },
    options: { "": `import("pg").PoolConfig` },
    modules: { "pg-native": { unchecked: "it has no types" } },
  },
  "Neon serverless driver": {
    own: true,
    types: {
      Done: done("@neondatabase/serverless"),
      HttpFactory: `typeof import("@neondatabase/serverless").neon`,
    },
    options: { "": `import("@neondatabase/serverless").PoolConfig` },
  },
  "Vercel Postgres": {
    own: true,
    types: {
      Done: done("@vercel/postgres"),
      PoolFactory: `typeof import("@vercel/postgres").createPool`,
      ClientFactory: `typeof import("@vercel/postgres").createClient`,
      DefaultPool: `typeof import("@vercel/postgres").sql`,
      ClientBase: `import("@vercel/postgres").VercelClientBase`,
    },
    options: { "": `import("@neondatabase/serverless").PoolConfig` },
  },
  "postgres.js": {
    types: {
      Factory: `typeof import("postgres")`,
      ISql: `import("postgres").ISql`,
      Fragment: { unchecked: "stands for values of many types" },
    },
    options: { "": `import("postgres").Options<{}>` },
  },
  Knex: { types: knexSubject, options: { "": `import("knex").Knex.Config` } },
  "Objection.js": {
    types: {
      ModelClass: `import("objection").ModelClass<import("objection").Model>`,
      ModelQuery: `import("objection").QueryBuilder<import("objection").Model>`,
      TransactionFunction: `typeof import("objection").transaction`,
    },
    options: { "": `import("knex").Knex.Config` },
  },
  Sequelize: {
    types: {
      ModelClass: `import("sequelize").ModelStatic<import("sequelize").Model>`,
      Models: { unchecked: "a dictionary of models" },
      Connection: `import("pg").Client`,
    },
    options: { "": `import("sequelize").Options` },
    dropped: {
      "returns SequelizeModule.forRoot": dynamicModule,
      "returns SequelizeModule.forRootAsync": dynamicModule,
    },
  },
  "Sequelize 7": {
    types: {
      ModelClass: `import("@sequelize/core").ModelStatic<import("@sequelize/core").Model>`,
      Models: { unchecked: "a dictionary of models" },
      Connection: `import("pg").Client`,
    },
    options: { "": `import("@sequelize/core").Options<import("@sequelize/postgres").PostgresDialect>` },
  },
  TypeORM: {
    older: true,
    types: {
      TransactionManager: `import("typeorm").EntityManager`,
      CreateConnection: `typeof import("typeorm").createConnection`,
      GetConnection: `typeof import("typeorm").getConnection`,
      GetManager: `typeof import("typeorm").getManager`,
      GetRepository: `typeof import("typeorm").getRepository`,
      GetQueryBuilder: `typeof import("typeorm").createQueryBuilder`,
      GetConnectionManager: `typeof import("typeorm").getConnectionManager`,
      RunInTransaction: `typeof import("typeorm-transactional").runInTransaction`,
      Transactional: `typeof import("typeorm-transactional").Transactional`,
      AddTransactionalDataSource: `typeof import("typeorm-transactional").addTransactionalDataSource`,
    },
    dropped: { "returns TypeOrmModule.forRoot": dynamicModule, "returns TypeOrmModule.forRootAsync": dynamicModule },
    options: { "": `Extract<import("typeorm").DataSourceOptions, { type: "postgres" }>` },
  },
  "Drizzle (node-postgres)": drizzle("drizzle-orm/node-postgres"),
  "Drizzle (postgres.js)": drizzle("drizzle-orm/postgres-js"),
  "Drizzle (Neon)": drizzle("drizzle-orm/neon-serverless"),
  "Drizzle (Neon over HTTP)": drizzle("drizzle-orm/neon-http"),
  "Drizzle (Vercel Postgres)": drizzle("drizzle-orm/vercel-postgres"),
  Kysely: {
    types: {
      Session: `import("kysely").Kysely<any>`,
      SavepointCommand: `import("kysely").Command<import("kysely").ControlledTransaction<any>>`,
      Builder: [
        `import("kysely").SelectQueryBuilder<any, any, any>`,
        `import("kysely").InsertQueryBuilder<any, any, any>`,
        `import("kysely").SchemaModule`,
      ],
      CompiledQueryFactory: `typeof import("kysely").CompiledQuery`,
      Sql: `typeof import("kysely").sql`,
      Value: { unchecked: "stands for values of many types" },
    },
    options: { "": `import("kysely").PostgresDialectConfig` },
  },
  Slonik: {
    types: {
      CreatePool: `typeof import("slonik").createPool`,
      SqlTag: `typeof import("slonik").sql`,
      QueryTag: `ReturnType<typeof import("slonik").sql["type"]>`,
      SqlTagFactory: `typeof import("slonik").createSqlTag`,
    },
    options: { "": `import("slonik").ClientConfigurationInput` },
    modules: { "@silverhand/slonik": { unchecked: "a fork of slonik 30, whose names are slonik's" } },
    dropped: { "SqlTag.tag": "a tag up to version 27" },
  },
  "pg-listen": {
    types: {
      CreateSubscriber: `typeof import("pg-listen").default`,
      Subscriber: `import("pg-listen").Subscriber`,
    },
    options: { "": `import("pg").ClientConfig` },
  },
  "Graphile Worker": {
    types: {
      Run: `typeof import("graphile-worker").run`,
      RunTaskList: `typeof import("graphile-worker").runTaskList`,
      Runner: [`import("graphile-worker").Runner`, `import("graphile-worker").WorkerPool`],
    },
    options: { "": `import("graphile-worker").RunnerOptions` },
  },
  "pg-boss": {
    options: { "": `import("pg-boss").ConstructorOptions` },
    modules: {
      "pg-boss": { dropped: { default: "exported up to version 10", "=": "exported up to version 8" } },
    },
  },
  "pg-promise": {
    types: {
      Factory: `typeof import("pg-promise")`,
      Tx: `import("pg-promise").ITask<{}>`,
      ConnectEvent: `Parameters<NonNullable<import("pg-promise").IInitOptions["connect"]>>[0]`,
      PreparedStatementClass: `import("pg-promise").IMain["PreparedStatement"]`,
      ParameterizedQueryClass: `import("pg-promise").IMain["ParameterizedQuery"]`,
    },
    options: {
      "": `Exclude<Parameters<import("pg-promise").IMain>[0], string>`,
      initOptions: `import("pg-promise").IInitOptions`,
    },
    dropped: { "Database.$pool": "declared without `query`, which a pg pool has" },
  },
  MikroORM: {
    older: true,
    types: {
      TransactionalEntityManager: `import("@mikro-orm/postgresql").EntityManager`,
      NewConnection: { unchecked: "Kysely's connection, or pg's up to version 6" },
      MikroDriver: `import("@mikro-orm/postgresql").PostgreSqlDriver`,
      MikroMigrator: `import("@mikro-orm/core").IMigrator`,
      SchemaGenerator: `import("@mikro-orm/core").ISchemaGenerator`,
      Transactional: [
        `typeof import("@mikro-orm/decorators/legacy").Transactional`,
        `typeof import("@mikro-orm/core").Transactional`,
      ],
      DefineConfig: `typeof import("@mikro-orm/postgresql").defineConfig`,
      MikroOrmModule: `import("@mikro-orm/nestjs").MikroOrmModule`,
    },
    classes: { MikroOrmModule: [`typeof import("@mikro-orm/nestjs").MikroOrmModule`] },
    options: { "": `import("@mikro-orm/postgresql").Options` },
    dropped: {
      "EntityRepository.persistAndFlush": "up to version 5",
      "EntityRepository.removeAndFlush": "up to version 5",
      "EntityRepository.flush": "up to version 5",
      Migrator: "exported by @mikro-orm/migrations",
      "returns MikroOrmModule.forRoot": dynamicModule,
      "returns MikroOrmModule.forRootAsync": dynamicModule,
    },
  },
  "MikroORM core": {
    older: true,
    options: { "": `import("@mikro-orm/postgresql").Options` },
    modules: {
      "@mikro-orm/decorators/*": { specifiers: ["@mikro-orm/decorators/legacy", "@mikro-orm/decorators/es"] },
    },
  },
  Prisma: {
    types: {
      PrismaClient: `InstanceType<${prismaClass}>`,
      TransactionClient: { unchecked: "generated" },
      Delegate: { unchecked: "generated" },
      PrismaPromise: `import("@prisma/client/runtime/client").Types.Utils.JsPromise<any>`,
      SqlTag: [`typeof import("@prisma/client/runtime/client").sqltag`],
      SqlPieces: `typeof import("@prisma/client/runtime/client").join`,
      Sql: `import("@prisma/client/runtime/client").Sql`,
    },
    classes: { PrismaClient: [prismaClass] },
    options: { "": `import("@prisma/client/runtime/client").PrismaClientOptions` },
    modules: Object.fromEntries(generated.map((each) => [each, { unchecked: "generated from the schema" }])),
    dropped: {
      "PrismaClient.$use": "up to version 6.13",
      ...Object.fromEntries(
        ["Prisma.TransactionClient", "Prisma.PrismaPromise", "PrismaPromise", "Prisma.Sql", "Sql"].map((each) => [
          each,
          "generated from the schema",
        ]),
      ),
    },
  },
  "Prisma's adapter for pg": {
    types: { OtherAdapter: { unchecked: "left alone" } },
    options: {
      "": `import("pg").PoolConfig`,
      adapter: `NonNullable<ConstructorParameters<typeof import("@prisma/adapter-pg").PrismaPg>[1]>`,
    },
    modules: Object.fromEntries(otherAdapters.map((each) => [each, { unchecked: "not PostgreSQL: left alone" }])),
  },
};
