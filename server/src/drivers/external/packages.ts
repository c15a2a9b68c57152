import type { ExternalDescriptor } from "../../core/external.ts";

/** One descriptor for all packages in a list that is separated by white space. */
const of = (kind: ExternalDescriptor["kind"], modules: string, more: Partial<ExternalDescriptor> = {}) =>
  ({ modules: modules.trim().split(/\s+/), kind, waits: "anything", ...more }) satisfies ExternalDescriptor;

/** Packages, by what they do. Those of clouds are listed by scope: nearly all that they have to await is the network. */
export const packageWork: readonly ExternalDescriptor[] = [
  of(
    "network",
    `axios axios-retry got ky undici node-fetch cross-fetch isomorphic-fetch isomorphic-unfetch superagent needle request request-promise
    request-promise-native ofetch wretch phin bent @nestjs/axios graphql-request @apollo/client @apollo/client/* @urql/core @trpc/client soap
    openapi-fetch @grpc/* nice-grpc @connectrpc/* ethers web3 viem`,
    {
      except: [
        "create",
        "extend",
        "isAxiosError",
        "isCancel",
        "getUri",
        "defaults",
        "stringify",
        "json",
        "text",
        "blob",
        "arrayBuffer",
      ],
    },
  ),
  of(
    "queue",
    `@aws-sdk/client-sqs @aws-sdk/client-sns @aws-sdk/client-eventbridge @aws-sdk/client-kinesis @google-cloud/pubsub @google-cloud/tasks
    @azure/service-bus @azure/event-hubs @azure/storage-queue`,
  ),
  /** Signing and marshalling are computed where they are called. */
  of("network", "@aws-sdk/*", { except: ["getSignedUrl", "createPresignedPost", "marshall", "unmarshall"] }),
  of("network", "aws-sdk aws-sdk/*", { callbacks: ["send"], except: ["getSignedUrl"] }),
  of(
    "network",
    `@google-cloud/* googleapis @googleapis/* google-auth-library firebase-admin firebase-admin/* firebase/* @azure/* @supabase/supabase-js
    @vercel/blob @vercel/edge-config minio cloudinary uploadthing uploadthing/* basic-ftp ssh2-sftp-client node-ssh webdav octokit @octokit/*
    ldapjs ldapts node-vault jwks-rsa`,
    {
      except: [
        "createClient",
        "initializeApp",
        "getApp",
        "getApps",
        "getAuth",
        "getFirestore",
        "getStorage",
        "getMessaging",
        "bucket",
        "file",
        "collection",
        "doc",
      ],
    },
  ),
  of(
    "network",
    `stripe @paypal/* braintree square razorpay @mollie/api-client plaid @paddle/paddle-node-sdk nodemailer @sendgrid/mail @sendgrid/client
    mailgun.js mailgun-js mailgun postmark resend node-mailjet @getbrevo/brevo sib-api-v3-sdk @mailchimp/mailchimp_marketing
    @mailchimp/mailchimp_transactional @nestjs-modules/mailer twilio @vonage/server-sdk messagebird @slack/web-api @slack/webhook @slack/bolt
    discord.js telegraf node-telegram-bot-api web-push expo-server-sdk pusher ably @hubspot/api-client jsforce @notionhq/client
    @shopify/shopify-api contentful contentful-management @sanity/client @clerk/clerk-sdk-node @clerk/backend auth0`,
    { except: ["constructEvent", "constructEventAsync", "createTransport", "createClient", "client", "setApiKey"] },
  ),
  of(
    "network",
    `openai @anthropic-ai/sdk @google/generative-ai @google/genai cohere-ai groq-sdk @mistralai/mistralai replicate @huggingface/inference
    ollama @langchain/* @pinecone-database/pinecone @qdrant/js-client-rest weaviate-client chromadb`,
    { except: ["getGenerativeModel", "index", "Index", "namespace"] },
  ),
  of("network", "ai", { waits: ["generateText", "generateObject", "embed", "embedMany", "generateImage"] }),
  of("network", "posthog-node @segment/analytics-node @sentry/node", { waits: ["flush", "shutdown", "closeAndFlush"] }),
  of(
    "queue",
    `bullmq bull bee-queue agenda amqplib amqplib/* amqp-connection-manager @golevelup/nestjs-rabbitmq kafkajs @confluentinc/kafka-javascript
    node-rdkafka nats @nats-io/* mqtt rhea rhea-promise stompit zeromq pulsar-client sqs-producer sqs-consumer @upstash/qstash inngest
    @trigger.dev/sdk @trigger.dev/* @temporalio/client celery-node`,
    { except: ["producer", "consumer", "admin", "createChannelWrapper"] },
  ),
  of("queue", "@nestjs/microservices", { waits: ["send", "emit", "connect"] }),
  of("cache", "redis @redis/* ioredis @upstash/redis @vercel/kv memcached memjs redlock rate-limiter-flexible", {
    except: ["createClient", "duplicate", "pipeline", "multi"],
  }),
  of(
    "network",
    `@upstash/ratelimit mongodb mongoose @nestjs/mongoose cassandra-driver neo4j-driver @clickhouse/client snowflake-sdk @elastic/elasticsearch
    @opensearch-project/opensearch meilisearch algoliasearch typesense @influxdata/influxdb-client`,
    {
      except: [
        "createClient",
        "model",
        "Schema",
        "db",
        "collection",
        "session",
        "toObject",
        "toJSON",
        "index",
        "initIndex",
      ],
    },
  ),
  of(
    "file",
    "fs-extra rimraf mkdirp globby fast-glob glob tmp-promise del cpy move-file write-file-atomic archiver unzipper tar",
  ),
  of("file", "graceful-fs", {
    waits: [],
    callbacks: ["readFile", "writeFile", "readdir", "stat", "rename", "unlink"],
    blocks: ["readFileSync", "writeFileSync"],
  }),
  of("process", "execa zx cross-spawn fluent-ffmpeg simple-git", { blocks: ["execaSync", "execaCommandSync"] }),
  of("process", "shelljs", { waits: [], blocks: ["exec"] }),
  of("process", "puppeteer puppeteer-core playwright playwright-core playwright/* @sparticuz/chromium"),
  of("sleep", "delay sleep-promise await-sleep p-wait-for wait-on"),
  of("computation", "bcrypt bcryptjs @node-rs/bcrypt", {
    waits: ["hash", "compare", "genSalt"],
    blocks: ["hashSync", "compareSync", "genSaltSync"],
  }),
  of("computation", "argon2 @node-rs/argon2", { waits: ["hash", "verify"], blocks: ["hashSync", "verifySync"] }),
  of("computation", "sharp jimp canvas tesseract.js @react-pdf/renderer html-pdf pdf-lib piscina heic-convert"),
];
