import type { OptionDescriptor } from "../../core/driver.ts";

/** What every driver on libpq takes, as keyword or in its connection string (psycopg2, psycopg). */
export const libpqOptions: Readonly<Record<string, OptionDescriptor>> = {
  host: { means: "host" },
  hostaddr: { means: "host" },
  port: { means: "port" },
  dbname: { means: "database" },
  user: { means: "user" },
  password: { means: "password" },
  application_name: { means: "application name" },
  fallback_application_name: { means: "fallback application name" },
  connect_timeout: { means: "connect timeout", unit: "s" },
  options: { means: "startup options" },
  keepalives: { means: "client side" },
  keepalives_idle: { means: "client side" },
  keepalives_interval: { means: "client side" },
  keepalives_count: { means: "client side" },
  sslmode: { means: "client side" },
  // Sent at connect, and always accepted.
  client_encoding: { means: "client side" },
};

/** The same keys in a URL's query. */
export const libpqUrlParameters: Readonly<Record<string, OptionDescriptor>> = {
  application_name: { means: "application name" },
  fallback_application_name: { means: "fallback application name" },
  options: { means: "startup options" },
  connect_timeout: { means: "connect timeout", unit: "s" },
};

/** Where libpq takes a name from. */
export const libpqApplicationName = {
  option: "application_name",
  urlParameter: "application_name",
  environment: ["PGAPPNAME"],
} as const;
