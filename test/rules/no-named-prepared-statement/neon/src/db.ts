import postgres from "postgres";

/** Neon's pooler keeps the statements of the protocol. */
export const pooled = postgres("postgres://app@ep-cool-1234-pooler.eu-central-1.aws.neon.tech/orders");
