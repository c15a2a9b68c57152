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
    await sql.begin(async (tx) => {
      await tx`update orders set status = 'paid' where id = ${id}`;
      await s3.send(new PutObjectCommand({ Bucket: "receipts", Key: String(id), Body: "paid" })); // want warning "waits for the network"
      await sqs.send(new SendMessageCommand({ QueueUrl: "orders", MessageBody: String(id) })); // want warning "waits for"
      await pubsub.topic("orders").publishMessage({ json: { id } }); // want warning "waits for"
      await sgMail.send({ to: "a@example.org", from: "b@example.org", subject: "Paid", text: "Paid" }); // want warning "waits for the network"
      await axios.post("https://crm.internal/orders", { id }); // want warning "waits for the network"
      await api.post("/orders", { id }); // want warning "waits for the network"
      await got.post("https://crm.internal/orders", { json: { id } }); // want warning "waits for the network"
      await ky.post("https://crm.internal/orders", { json: { id } }); // want warning "waits for the network"
      await request("https://crm.internal/orders"); // want warning "waits for the network"
      await redis.set(`order:${id}`, "paid"); // want warning "waits for a cache"
      await producer.send({ topic: "orders", messages: [{ value: String(id) }] }); // want warning "waits for a queue"
      await openai.chat.completions.create({ model: "m", messages: [] }); // want warning "waits for the network"
      await stripe.paymentIntents.create({ amount: 100, currency: "eur" }); // want warning "waits for the network"
      await firstValueFrom(this.http.post("https://crm.internal/orders", { id })); // want warning "waits for the network"
      await Promise.all([fetch("https://a.internal"), tx`select 1`]); // want warning "waits for the network"
    });
    return paid(id, async () => undefined);
  }
}
