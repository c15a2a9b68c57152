import type { Driver } from "../../core/driver.ts";
import { psycopg2 } from "./psycopg2.ts";
import { sqlalchemy } from "./sqlalchemy.ts";

/** Every driver of Python that is known. */
export const pythonDrivers: readonly Driver[] = [psycopg2, sqlalchemy];
