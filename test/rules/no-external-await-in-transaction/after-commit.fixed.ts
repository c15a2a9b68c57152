import { createTransport } from "nodemailer";
import { pool } from "./db.ts";

const mail = createTransport({ host: "mail.internal" });

export async function confirm(id: number) {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("update orders set status = 'confirmed' where id = $1 returning email", [id]);
    await client.query("COMMIT");
    await mail.sendMail({ to: rows[0].email, subject: "Your order" });
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
