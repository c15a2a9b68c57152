import type { Driver, OptionDescriptor } from "../core/driver.ts";
import { nested } from "./nested.ts";
import { pgClientOptions, pgEnvironment, pgUrlParameters } from "./pg-types.ts";
import { behaviour, names, poolOptions } from "./sequelize-shared.ts";
import { sequelizeTypes } from "./sequelize-types.ts";

const credentials: Readonly<Record<string, OptionDescriptor>> = {
  host: { means: "host" },
  port: { means: "port" },
  database: { means: "database" },
  username: { means: "user" },
  password: { means: "password" },
};

/** Sequelize 6 over PostgreSQL. */
export const sequelize: Driver = {
  name: "sequelize",
  language: "javascript",
  label: "Sequelize",
  documentation: "https://sequelize.org/docs/v6/other-topics/connection-pool/",
  modules: {
    sequelize: { ...names, "=": { class: "Sequelize" }, default: { class: "Sequelize" } },
    "sequelize-typescript": { Sequelize: { class: "Sequelize" }, Model: { class: "Model" } },
    "@nestjs/sequelize": { SequelizeModule: { class: "SequelizeModule" } },
  },
  types: sequelizeTypes,
  options: {
    dialect: { means: "dialect" },
    ...credentials,
    ...nested("replication.write", credentials),
    ...poolOptions,
    "hooks.afterConnect": { means: "connect hook", handed: ["Connection"] },
    uri: { means: "url", untyped: "an option of @nestjs/sequelize alone" },
    clientMinMessages: { means: "session setting", parameter: "client_min_messages", off: [false] },
    timezone: { means: "client side" },
    keepDefaultTimezone: {
      means: "client side",
      untyped: "read by the library; its types leave it out of the options",
    },
    ...nested(
      "dialectOptions",
      {
        ...pgClientOptions,
        clientMinMessages: { means: "session setting", parameter: "client_min_messages", off: ["ignore", false] },
        prependSearchPath: { means: "search path" },
      },
      "`dialectOptions` is an untyped bag",
    ),
  },
  urlParameters: pgUrlParameters,
  environmentVariables: pgEnvironment,
  pool: behaviour,
  applicationName: {
    option: "dialectOptions.application_name",
    urlParameter: "application_name",
    environment: ["PGAPPNAME"],
  },
  dialect: {
    option: "dialect",
    postgres: ["postgres"],
    schemes: ["postgres", "postgresql"],
    packages: ["pg", "pg-hstore"],
  },
  statements: "unnamed",
  sends: [
    {
      on: "connect",
      sql: "SET client_min_messages TO warning",
      unless: [
        { path: "dialectOptions.clientMinMessages", value: '"ignore"' },
        { path: "clientMinMessages", value: "false" },
      ],
    },
  ],
};
