import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import bcrypt from "bcrypt";
import { Queue } from "bullmq";
import { createClient } from "redis";
import { sql } from "./sql-db.ts";

const run = promisify(execFile);
const mails = new Queue("mails");
const redis = createClient();

export const timer = (id: number) =>
  sql.begin(async (tx) => {
    await tx`update orders set status = 'slow' where id = ${id}`;
    await delay(500); // want warning "waits for a timer"
  });

export const promiseTimer = (id: number) =>
  sql.begin(async (tx) => {
    await tx`update orders set status = 'slow' where id = ${id}`;
    await new Promise((resolve) => setTimeout(resolve, 500)); // want warning "waits for a timer"
  });

export const file = (path: string) =>
  sql.begin(async (tx) => {
    const text = await readFile(path, "utf8"); // want warning "waits for the file system"
    await tx`insert into files (text) values (${text})`;
  });

export const queue = (id: number) =>
  sql.begin(async (tx) => {
    await tx`update orders set status = 'mailed' where id = ${id}`;
    await mails.add("order", { id }); // want warning "waits for a queue"
  });

export const cache = (id: number) =>
  sql.begin(async (tx) => {
    await tx`update orders set status = 'cached' where id = ${id}`;
    await redis.del(`order:${id}`); // want warning "waits for a cache"
  });

export const process = (id: number) =>
  sql.begin(async (tx) => {
    await tx`update orders set status = 'printed' where id = ${id}`;
    await run("lp", [`order-${id}.pdf`]); // want warning "waits for another process"
  });

export const slowWork = (password: string) =>
  sql.begin(async (tx) => {
    const hash = await bcrypt.hash(password, 12); // want information "waits for a slow computation"
    await tx`insert into users (hash) values (${hash})`;
  });
