import { createPool } from "generic-pool";
import { Worker } from "node:worker_threads";
import mysql from "mysql2/promise";
import sqlite from "better-sqlite3";
import { MongoClient } from "mongodb";
import { Pool as HttpPool } from "undici";

const workers = createPool({ create: async () => new Worker("./worker.js"), destroy: async (worker) => void worker.terminate() }, { max: 4, min: 2 });
const http = new HttpPool("https://api.internal", { connections: 10 });
const db = mysql.createPool({ host: "mysql.internal" });
const lite = sqlite("app.db");
const mongo = new MongoClient("mongodb://mongo.internal");

export async function mixed() {
  const worker = await workers.acquire();
  const connection = await db.getConnection();
  await connection.query("BEGIN");
  await fetch("https://api.internal/charge");
  await connection.query("update orders set status = 'paid'");
  await connection.query("COMMIT");
  lite.exec("BEGIN");
  await http.request({ path: "/", method: "GET" });
  await mongo.connect();
  workers.release(worker);
}
