/** One description of the settings, from which the reader of `bouncer-safe.json`, its JSON schema and the documentation are made. */
export type Described =
  | { readonly kind: "choice"; readonly values: readonly string[]; readonly description: string }
  /** `expected` completes "`key` is …, not …". */
  | { readonly kind: "text"; readonly pattern?: string; readonly expected: string; readonly description: string }
  /** A whole number. */
  | { readonly kind: "number"; readonly least: number; readonly description: string }
  | { readonly kind: "switch"; readonly description: string }
  | { readonly kind: "texts"; readonly description: string }
  /** An object whose keys are rules. */
  | { readonly kind: "rules"; readonly value: Described; readonly description: string }
  | SettingsObject;

export interface SettingsObject {
  readonly kind: "object";
  readonly description: string;
  readonly properties: Readonly<Record<string, Described>>;
}

const seconds = (description: string): Described => ({
  kind: "number",
  least: 0,
  description: `${description} In seconds; 0: never.`,
});

export const settings: SettingsObject = {
  kind: "object",
  description: "Settings of bouncer-safe.",
  properties: {
    pooler: {
      kind: "object",
      description:
        "What stands between the application and PostgreSQL, where files and URLs of the workspace do not say it, or say it wrongly.",
      properties: {
        kind: {
          kind: "choice",
          values: [
            "pgbouncer",
            "supavisor",
            "neon",
            "rds-proxy",
            "azure",
            "digitalocean",
            "heroku",
            "crunchy",
            "railway",
            "hyperdrive",
            "pgcat",
            "odyssey",
            "pgdog",
          ],
          description: "The pooler.",
        },
        mode: { kind: "choice", values: ["session", "transaction", "statement"], description: "Its pool mode." },
        version: {
          kind: "text",
          pattern: "^\\d+(?:\\.\\d+){0,2}$",
          expected: 'a version like "1.24.1"',
          description: 'Its version, like "1.24.1".',
        },
        maxPreparedStatements: {
          kind: "number",
          least: 0,
          description: "`max_prepared_statements`; 0: prepared statements of the protocol are not supported.",
        },
        ignoreStartupParameters: { kind: "texts", description: "`ignore_startup_parameters`." },
        trackExtraParameters: { kind: "texts", description: "`track_extra_parameters`." },
        clientIdleTimeout: seconds("`client_idle_timeout`."),
        queryWaitTimeout: seconds("`query_wait_timeout`."),
        idleTransactionTimeout: seconds("`idle_transaction_timeout`."),
        defaultPoolSize: { kind: "number", least: 0, description: "`default_pool_size`." },
        minPoolSize: { kind: "number", least: 0, description: "`min_pool_size`." },
        reservePoolSize: { kind: "number", least: 0, description: "`reserve_pool_size`." },
        maxDbConnections: { kind: "number", least: 0, description: "`max_db_connections`; 0: no limit." },
        maxUserConnections: { kind: "number", least: 0, description: "`max_user_connections`; 0: no limit." },
        maxClientConnections: { kind: "number", least: 0, description: "`max_client_conn`." },
        serverResetQueryAlways: { kind: "switch", description: "`server_reset_query_always`." },
      },
    },
    rules: {
      kind: "rules",
      value: {
        kind: "choice",
        values: ["off", "error", "warning", "information", "hint"],
        description: "The rule's severity, or `off`.",
      },
      description: "Severity by rule.",
    },
    ignore: {
      kind: "texts",
      description: "Files that are not analysed: patterns as in `.gitignore`, relative to the workspace folder.",
    },
    external: { kind: "texts", description: "Names of functions that await work outside the database." },
    pure: { kind: "texts", description: "Names of functions that never await work outside the database." },
    replicas: { kind: "number", least: 1, description: "Processes that run this application side by side." },
  },
};

/** A JSON schema (draft 7) of `bouncer-safe.json`. */
export const createSchema = (rules: readonly { readonly name: string; readonly summary: string }[]): unknown => ({
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "bouncer-safe.json",
  allowComments: true,
  allowTrailingCommas: true,
  ...(schemaOf(settings, rules) as object),
});

const schemaOf = (
  described: Described,
  rules: readonly { readonly name: string; readonly summary: string }[],
): unknown => {
  const { description } = described;
  switch (described.kind) {
    case "choice":
      return { enum: described.values, description };
    case "text":
      return { type: "string", description, ...(described.pattern ? { pattern: described.pattern } : {}) };
    case "number":
      return { type: "integer", minimum: described.least, description };
    case "switch":
      return { type: "boolean", description };
    case "texts":
      return { type: "array", items: { type: "string" }, description };
    case "rules": {
      const properties = rules.map(({ name, summary }) => [
        name,
        { ...(schemaOf(described.value, rules) as object), description: summary },
      ]);
      return { type: "object", description, properties: Object.fromEntries(properties), additionalProperties: false };
    }
    case "object": {
      const properties = Object.entries(described.properties).map(([name, property]) => [
        name,
        schemaOf(property, rules),
      ]);
      const schema = described === settings ? [["$schema", { type: "string" }] as const] : [];
      return {
        type: "object",
        description,
        properties: Object.fromEntries([...schema, ...properties]),
        additionalProperties: false,
      };
    }
  }
};
