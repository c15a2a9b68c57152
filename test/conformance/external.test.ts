import { expect, test } from "vitest";
import { external, externalWork } from "../../server/src/drivers/external.ts";
import { driverModules } from "../../server/src/drivers/index.ts";

test.each([
  [undefined, ["fetch"], { kind: "network", how: "awaited" }],
  [undefined, ["setTimeout"], { kind: "sleep", how: "callback" }],
  ["axios", ["post"], { kind: "network", how: "awaited" }],
  ["axios", [], { kind: "network", how: "awaited" }],
  ["@aws-sdk/client-s3", ["S3Client", "new", "send"], { kind: "network", how: "awaited" }],
  ["@aws-sdk/client-sqs", ["SQSClient", "new", "send"], { kind: "queue", how: "awaited" }],
  ["aws-sdk", ["S3", "new", "putObject", "()", "promise"], { kind: "network", how: "awaited" }],
  ["nodemailer", ["createTransport", "()", "sendMail"], { kind: "network", how: "awaited" }],
  ["bullmq", ["Queue", "new", "add"], { kind: "queue", how: "awaited" }],
  ["ioredis", ["new", "set"], { kind: "cache", how: "awaited" }],
  ["node:fs/promises", ["readFile"], { kind: "file", how: "awaited" }],
  ["fs", ["promises", "readFile"], { kind: "file", how: "awaited" }],
  ["fs", ["readFile"], { kind: "file", how: "callback" }],
  ["fs", ["readFileSync"], { kind: "file", how: "blocks" }],
  ["child_process", ["execSync"], { kind: "process", how: "blocks" }],
  ["timers/promises", ["setTimeout"], { kind: "sleep", how: "awaited" }],
  ["bcrypt", ["hash"], { kind: "computation", how: "awaited" }],
  ["@nestjs/axios", ["HttpService", "get"], { kind: "network", how: "awaited" }],
] as const)("%s %j", (module, path, work) => {
  expect(externalWork(module, path)).toEqual(work);
});

test.each([
  ["axios", ["create"]],
  ["stripe", ["webhooks", "constructEvent"]],
  ["@aws-sdk/s3-request-presigner", ["getSignedUrl"]],
  ["crypto", ["randomUUID"]],
  ["crypto", ["createHash"]],
  ["lodash", ["map"]],
  ["zod", ["parseAsync"]],
  ["path", ["join"]],
  [undefined, ["Promise", "all"]],
] as const)("%s %j is no work outside", (module, path) => {
  expect(externalWork(module, path)).toBeUndefined();
});

test("no driver of PostgreSQL is work outside the database", () => {
  expect(external.flatMap(({ modules }) => modules).filter((each) => driverModules(each).length > 0)).toEqual([]);
});
