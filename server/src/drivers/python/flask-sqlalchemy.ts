import type { Driver } from "../../core/driver.ts";
import { sqlalchemy, sqlalchemyOptions } from "./sqlalchemy.ts";

/** Options of the engine stand in `engine_options`, or in the application's `SQLALCHEMY_ENGINE_OPTIONS`. */
const prefixed = (prefix: string) =>
  Object.fromEntries(Object.entries(sqlalchemyOptions).map(([name, option]) => [`${prefix}.${name}`, option]));

/** Flask-SQLAlchemy 2.4 and later: one object that makes the engine when the application is known. */
export const flaskSqlalchemy: Driver = {
  ...sqlalchemy,
  name: "flask-sqlalchemy",
  label: "Flask-SQLAlchemy",
  documentation: "https://flask-sqlalchemy.readthedocs.io/en/stable/config/",
  modules: { flask_sqlalchemy: { SQLAlchemy: { class: "SQLAlchemy" } } },
  types: {
    ...sqlalchemy.types,
    SQLAlchemy: {
      role: "pool",
      new: { effects: [{ does: "opens", options: "keywords" }] },
      properties: {
        session: { type: "scoped_session", same: true },
        engine: { type: "Engine", same: true },
      },
      members: {
        init_app: {},
        text: { effects: [{ does: "builds SQL", text: { argument: 0, keyword: "text" } }], returns: "TextClause" },
        get_engine: { returns: { type: "Engine", same: true } },
      },
    },
  },
  options: {
    ...prefixed("engine_options"),
    SQLALCHEMY_DATABASE_URI: { means: "url" },
    ...prefixed("SQLALCHEMY_ENGINE_OPTIONS"),
  },
  settings: "SQLALCHEMY_",
  startupBags: [
    "engine_options.connect_args.server_settings",
    "SQLALCHEMY_ENGINE_OPTIONS.connect_args.server_settings",
  ],
  pool: {
    ...sqlalchemy.pool,
    nullPool: [
      {
        path: "engine_options.poolclass",
        value: "NullPool",
        imports: [{ module: "sqlalchemy.pool", name: "NullPool" }],
      },
    ],
  },
  applicationName: {
    option: "engine_options.connect_args.application_name",
    urlParameter: "application_name",
    environment: ["PGAPPNAME"],
  },
};
