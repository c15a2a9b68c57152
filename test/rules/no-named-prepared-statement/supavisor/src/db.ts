import postgres from "postgres";

export const pooled = postgres("postgres://app@aws-0-eu-central-1.pooler.supabase.com:6543/postgres"); // want error "Supavisor"
export const session = postgres("postgres://app@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", { idle_timeout: 20 });
export const direct = postgres("postgres://app@db.abcdefgh.supabase.co:5432/postgres", { idle_timeout: 20 });
