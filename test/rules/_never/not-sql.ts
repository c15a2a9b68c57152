import { writeFile } from "node:fs/promises";
import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL, application_name: "calendar" });
pool.on("error", (error) => console.error(error.message));

const calendar = `BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
SUMMARY:Release
END:VEVENT
END:VCALENDAR`;

const certificate = `-----BEGIN CERTIFICATE-----
MIIB
-----END CERTIFICATE-----`;

const procedure = `
  create or replace function touch() returns trigger as $$
  begin
    new.touched = now();
    return new;
  end
  $$ language plpgsql
`;

const block = `do $$ begin perform 1; end $$`;

export async function save(name: string) {
  await writeFile(`${name}.ics`, calendar);
  await pool.query("insert into files (name, text) values ($1, $2)", [name, calendar]);
  await pool.query("insert into files (name, text) values ($1, $2)", ["ca.pem", certificate]);
  await pool.query(procedure);
  await pool.query(block);
}

/** A query of something that is no database. */
export const search = { query: async (text: string) => text.length };
export const found = () => search.query("BEGIN");
