// Sends the receipts of paid orders, one after another.
const nodemailer = require("nodemailer");
const { Pool } = require("pg");

// No name, no listener: the logs of PgBouncer show a stranger, and the worker ends when an idle connection is closed.
const pool = new Pool({ connectionString: process.env.WORKER_URL, max: 2 });
const mail = nodemailer.createTransport({ host: process.env.SMTP_HOST });

async function sendNext() {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query(
      "SELECT id, address, body FROM receipts WHERE sent_at IS NULL ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED",
    );
    const receipt = rows[0];
    if (receipt) {
      await mail.sendMail({ to: receipt.address, subject: "Your receipt", text: receipt.body });
      await client.query("UPDATE receipts SET sent_at = now() WHERE id = $1", [receipt.id]);
    }
    await client.query("COMMIT");
    return receipt !== undefined;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

async function pause(seconds) {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

async function main() {
  for (;;) {
    if (!(await sendNext())) await pause(5);
  }
}

main();
