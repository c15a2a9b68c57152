import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import { PubSub } from "@google-cloud/pubsub";
import sgMail from "@sendgrid/mail";
import axios from "axios";
import got from "got";
import Redis from "ioredis";
import { Kafka } from "kafkajs";
import ky from "ky";
import OpenAI from "openai";
import { firstValueFrom } from "rxjs";
import { HttpService } from "@nestjs/axios";
import Stripe from "stripe";
import { request } from "undici";
import { sql } from "./sql-db.ts";

const s3 = new S3Client({});
const sqs = new SQSClient({});
const pubsub = new PubSub();
const api = axios.create({ baseURL: "https://crm.internal" });
const redis = new Redis();
const producer = new Kafka({ brokers: ["kafka:9092"] }).producer();
const openai = new OpenAI();
const stripe = new Stripe("key");

const paid = (id: number, work: () => Promise<unknown>) => work().then(() => id);

export class Orders {
  constructor(private readonly http: HttpService) {}

  async pay(id: number) {
    await s3.send(new PutObjectCommand({ Bucket: "receipts", Key: String(id), Body: "paid" }));
    await sqs.send(new SendMessageCommand({ QueueUrl: "orders", MessageBody: String(id) }));
    await pubsub.topic("orders").publishMessage({ json: { id } });
    await sgMail.send({ to: "a@example.org", from: "b@example.org", subject: "Paid", text: "Paid" });
    await axios.post("https://crm.internal/orders", { id });
    await api.post("/orders", { id });
    await got.post("https://crm.internal/orders", { json: { id } });
    await ky.post("https://crm.internal/orders", { json: { id } });
    await request("https://crm.internal/orders");
    await redis.set(`order:${id}`, "paid");
    await producer.send({ topic: "orders", messages: [{ value: String(id) }] });
    await openai.chat.completions.create({ model: "m", messages: [] });
    await stripe.paymentIntents.create({ amount: 100, currency: "eur" });
    await firstValueFrom(this.http.post("https://crm.internal/orders", { id }));
    await sql.begin(async (tx) => {
      await tx`update orders set status = 'paid' where id = ${id}`;
      await Promise.all([fetch("https://a.internal"), tx`select 1`]);
    });
    return paid(id, async () => undefined);
  }
}
