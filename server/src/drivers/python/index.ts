import type { Driver } from "../../core/driver.ts";
import { asyncpg } from "./asyncpg.ts";
import { django } from "./django.ts";
import { flaskSqlalchemy } from "./flask-sqlalchemy.ts";
import { aiopg, databases, peewee, tortoise } from "./others.ts";
import { psycopg } from "./psycopg.ts";
import { psycopgPool } from "./psycopg-pool.ts";
import { psycopg2 } from "./psycopg2.ts";
import { sqlalchemy } from "./sqlalchemy.ts";

/** Every driver of Python that is known. */
export const pythonDrivers: readonly Driver[] = [
  psycopg2,
  psycopg,
  psycopgPool,
  asyncpg,
  sqlalchemy,
  flaskSqlalchemy,
  django,
  aiopg,
  databases,
  peewee,
  tortoise,
];
