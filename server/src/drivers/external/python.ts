import type { ExternalDescriptor } from "../../core/external.ts";

/** Python's modules stand here behind `python:`, since both languages have a `redis` and a `stripe`. Plain functions do their work before they return. */
const modules = (...names: readonly string[]): readonly string[] => names.map((name) => `python:${name}`);

const http = ["request", "get", "options", "head", "post", "put", "patch", "delete", "stream", "send"];
const queries = [
  ...["search", "index", "get", "bulk", "count", "update", "delete", "create", "msearch", "reindex"],
  ...["exists", "mget", "scroll", "delete_by_query", "update_by_query", "put_mapping", "get_mapping", "put_settings"],
  ...["put_alias", "refresh", "health"],
];
const publishes = ["publish", "send", "send_and_wait", "basic_publish", "send_message", "produce", "flush"];

/** Work outside the database in Python's standard library and the packages that people know. */
export const pythonWork: readonly ExternalDescriptor[] = [
  { modules: modules("asyncio", "anyio", "trio"), kind: "sleep", waits: ["sleep"] },
  { modules: modules("time"), kind: "sleep", waits: [], blocks: ["sleep"] },
  { modules: modules("gevent"), kind: "sleep", waits: [], blocks: ["sleep"] },

  { modules: modules("requests"), kind: "network", waits: [], blocks: http, answers: ["Response"] },
  // The module's functions and `Client` block; `AsyncClient` is awaited.
  {
    modules: modules("httpx"),
    kind: "network",
    waits: http,
    blocks: http,
    answers: ["Response", "Headers", "Cookies"],
  },
  {
    modules: modules("aiohttp"),
    kind: "network",
    waits: [...http, "ws_connect", "text", "json", "read"],
    blocks: [],
    answers: ["ClientResponse"],
  },
  { modules: modules("urllib.request"), kind: "network", waits: [], blocks: ["urlopen", "urlretrieve"] },
  { modules: modules("urllib3"), kind: "network", waits: [], blocks: ["request", "urlopen"] },
  { modules: modules("http.client"), kind: "network", waits: [], blocks: ["request", "getresponse"] },
  { modules: modules("grpc"), kind: "network", waits: [], blocks: ["unary_unary", "stream_unary"] },
  { modules: modules("gql"), kind: "network", waits: ["execute_async", "execute"], blocks: ["execute"] },
  { modules: modules("paramiko"), kind: "network", waits: [], blocks: ["connect", "exec_command", "put", "get"] },
  { modules: modules("websockets"), kind: "network", waits: ["connect", "send", "recv"], blocks: [] },

  {
    modules: modules("boto3", "botocore"),
    kind: "network",
    waits: [],
    blocks: [
      "upload_file",
      "upload_fileobj",
      "download_file",
      "download_fileobj",
      "put_object",
      "get_object",
      "delete_object",
      "delete_objects",
      "copy_object",
      "list_objects_v2",
      "head_object",
      "send_message",
      "receive_message",
      "delete_message",
      "publish",
      "send_email",
      "send_raw_email",
      "invoke",
      "put_item",
      "get_item",
      "start_execution",
      "get_secret_value",
    ],
  },
  {
    modules: modules("aioboto3", "aiobotocore"),
    kind: "network",
    waits: "anything",
    except: ["client", "resource", "Session"],
  },
  {
    modules: modules("google.cloud", "google.cloud.storage"),
    kind: "network",
    waits: [],
    blocks: [
      "upload_from_string",
      "upload_from_file",
      "upload_from_filename",
      "download_as_bytes",
      "download_to_filename",
      "publish",
      "exists",
    ],
  },
  {
    modules: modules("azure.storage.blob"),
    kind: "network",
    waits: ["upload_blob", "download_blob", "delete_blob"],
    blocks: ["upload_blob", "download_blob", "delete_blob"],
  },
  {
    modules: modules("stripe"),
    kind: "network",
    waits: ["create_async", "retrieve_async", "modify_async"],
    blocks: ["create", "retrieve", "modify", "list", "confirm", "capture", "cancel", "delete"],
  },
  {
    modules: modules("openai", "anthropic"),
    kind: "network",
    waits: ["create", "parse", "stream"],
    blocks: ["create", "parse", "stream"],
  },
  { modules: modules("twilio.rest"), kind: "network", waits: ["create_async"], blocks: ["create"] },
  { modules: modules("sendgrid"), kind: "network", waits: [], blocks: ["send"] },
  {
    modules: modules("slack_sdk", "slack_sdk.web"),
    kind: "network",
    waits: ["chat_postMessage"],
    blocks: ["chat_postMessage"],
  },
  { modules: modules("smtplib"), kind: "network", waits: [], blocks: ["sendmail", "send_message", "login", "SMTP"] },
  { modules: modules("aiosmtplib"), kind: "network", waits: ["send", "send_message", "sendmail", "connect"] },
  {
    modules: modules("django.core.mail"),
    kind: "network",
    waits: [],
    blocks: ["send_mail", "send_mass_mail", "mail_admins", "send"],
  },
  { modules: modules("flask_mail", "fastapi_mail"), kind: "network", waits: ["send_message"], blocks: ["send"] },

  {
    modules: modules("redis", "redis.asyncio", "aioredis"),
    kind: "cache",
    waits: "anything",
    except: [
      "Redis",
      "from_url",
      "pipeline",
      "StrictRedis",
      "ConnectionPool",
      "BlockingConnectionPool",
      "RedisCluster",
      "Sentinel",
      "master_for",
      "slave_for",
      "Lock",
      "lock",
      "pubsub",
      "register_script",
      "Retry",
      "ExponentialBackoff",
    ],
  },
  {
    modules: modules("django.core.cache"),
    kind: "cache",
    waits: [],
    blocks: ["get", "set", "delete", "get_or_set", "incr"],
  },
  { modules: modules("elasticsearch", "opensearchpy"), kind: "network", waits: queries, blocks: queries },
  {
    modules: modules("pymongo", "motor.motor_asyncio", "motor"),
    kind: "network",
    waits: ["find_one", "insert_one", "insert_many", "update_one", "delete_one"],
    blocks: ["find_one", "insert_one", "insert_many", "update_one", "delete_one"],
  },

  { modules: modules("pika", "aio_pika", "kombu"), kind: "queue", waits: publishes, blocks: publishes },
  { modules: modules("kafka", "confluent_kafka", "aiokafka"), kind: "queue", waits: publishes, blocks: ["flush"] },
  { modules: modules("nats"), kind: "queue", waits: [...publishes, "request"] },
  {
    modules: modules("celery", "dramatiq", "rq", "huey"),
    kind: "queue",
    waits: [],
    blocks: ["delay", "apply_async", "send_task", "enqueue"],
  },
  { modules: modules("arq"), kind: "queue", waits: ["enqueue_job"] },

  {
    modules: modules("subprocess"),
    kind: "process",
    waits: [],
    blocks: ["run", "call", "check_call", "check_output", "communicate", "wait"],
  },
  { modules: modules("asyncio.subprocess"), kind: "process", waits: ["communicate", "wait"] },
  { modules: modules("os"), kind: "process", waits: [], blocks: ["system"] },
  {
    modules: modules("shutil"),
    kind: "file",
    waits: [],
    blocks: ["copy", "copyfile", "copytree", "move", "rmtree", "make_archive"],
  },
  {
    modules: modules("os"),
    kind: "file",
    waits: [],
    blocks: ["remove", "unlink", "rename", "replace", "makedirs", "rmdir"],
  },
  {
    modules: modules("pathlib"),
    kind: "file",
    waits: [],
    blocks: ["read_text", "read_bytes", "write_text", "write_bytes", "unlink"],
  },
  { modules: modules("aiofiles"), kind: "file", waits: ["open", "read", "write"] },
  { modules: modules("anyio.to_thread"), kind: "unknown", waits: [] },

  { modules: modules("bcrypt"), kind: "computation", waits: [], blocks: ["hashpw", "checkpw"] },
  { modules: modules("argon2"), kind: "computation", waits: [], blocks: ["hash", "verify"] },
  { modules: modules("PIL.Image", "PIL"), kind: "computation", waits: [], blocks: ["resize", "thumbnail", "save"] },
];
