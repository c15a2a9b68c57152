import type { Driver } from "../../core/driver.ts";
import { asyncpg } from "./asyncpg.ts";
import { psycopg } from "./psycopg.ts";
import { psycopgPool } from "./psycopg-pool.ts";
import { psycopg2 } from "./psycopg2.ts";
import { sqlalchemy } from "./sqlalchemy.ts";

/** Every driver of Python that is known. */
export const pythonDrivers: readonly Driver[] = [psycopg2, psycopg, psycopgPool, asyncpg, sqlalchemy];
