import type { Driver, OptionDescriptor } from "../core/driver.ts";
import { nested } from "./nested.ts";
import { pgClientOptions, pgEnvironment, pgPool, pgPoolOptions, pgUrlParameters } from "./pg-types.ts";
import { typeormTypes } from "./typeorm-types.ts";

const credentials: Readonly<Record<string, OptionDescriptor>> = {
  url: { means: "url" },
  host: { means: "host" },
  port: { means: "port" },
  username: { means: "user" },
  password: { means: "password" },
  database: { means: "database" },
  applicationName: { means: "application name" },
  ssl: { means: "client side" },
};

/** TypeORM over PostgreSQL. It opens a pg pool, into whose options `extra` is merged last. */
export const typeorm: Driver = {
  name: "typeorm",
  label: "TypeORM",
  language: "javascript",
  documentation: "https://typeorm.io/docs/drivers/postgres",
  modules: {
    typeorm: {
      DataSource: { class: "DataSource" },
      Connection: { class: "DataSource" },
      EntityManager: { class: "EntityManager" },
      Repository: { class: "Repository" },
      TreeRepository: { class: "Repository" },
      BaseEntity: { class: "BaseEntity" },
      ConnectionManager: { class: "ConnectionManager" },
      createConnection: { value: "CreateConnection" },
      createConnections: { value: "CreateConnection" },
      getConnection: { value: "GetConnection" },
      getManager: { value: "GetManager" },
      getRepository: { value: "GetRepository" },
      getTreeRepository: { value: "GetRepository" },
      getCustomRepository: { value: "GetRepository" },
      createQueryBuilder: { value: "GetQueryBuilder" },
      getConnectionManager: { value: "GetConnectionManager" },
    },
    "@nestjs/typeorm": { TypeOrmModule: { class: "TypeOrmModule" } },
    "typeorm-transactional": {
      runInTransaction: { value: "RunInTransaction" },
      Transactional: { value: "Transactional" },
      addTransactionalDataSource: { value: "AddTransactionalDataSource" },
    },
  },
  types: typeormTypes,
  options: {
    type: { means: "dialect" },
    ...credentials,
    ...nested("replication.master", credentials),
    poolSize: { means: "max" },
    connectTimeoutMS: { means: "acquire timeout", unit: "ms" },
    poolErrorHandler: { means: "error hook" },
    schema: { means: "client side" },
    ...nested("extra", { ...pgClientOptions, ...pgPoolOptions }, "`extra` is an untyped bag that goes to pg"),
  },
  urlParameters: pgUrlParameters,
  environmentVariables: pgEnvironment,
  pool: {
    ...pgPool,
    traps: [
      { path: "poolSize", value: 0, says: "means the default of 10 connections, not none" },
      ...pgPool.traps.map((trap) => ({ ...trap, path: `extra.${trap.path}` })),
    ],
    nullPool: [{ path: "extra.maxUses", value: "1" }],
    boundedIdle: [{ path: "extra.idleTimeoutMillis", value: "10000" }],
    exitsOnIdleClose: false,
  },
  applicationName: { option: "applicationName", urlParameter: "application_name", environment: ["PGAPPNAME"] },
  dialect: {
    option: "type",
    postgres: ["postgres"],
    schemes: ["postgres", "postgresql"],
    packages: ["pg"],
  },
  statements: "unnamed",
};
