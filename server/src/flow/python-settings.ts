import type { Driver } from "../core/driver.ts";
import type { Instruction, ObjectEntry } from "../core/facts.ts";
import type { Pool, PoolOptions } from "../core/model.ts";
import { django } from "../drivers/python/django.ts";
import { applicationName } from "./application-name.ts";
import { unwrittenCall } from "./calls.ts";
import { readDictionary, readSettings, type Setting } from "./options.ts";
import { endpointOf } from "./pool-endpoint.ts";
import { startupOf } from "./pool-startup.ts";
import { namingOf } from "./pool-statements.ts";
import type { PoolSurroundings } from "./pool-surroundings.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { definition } from "./text.ts";

/** The options of a pool together with the application's settings, for a library that reads those (Flask-SQLAlchemy). */
export function withSettings(around: PoolSurroundings, driver: Driver, options: PoolOptions): PoolOptions {
  const { settings: prefix } = driver;
  if (prefix === undefined) return options;
  const found = around.files
    .filter((file) => file.facts.language === "python" && around.context(file) !== "test")
    .flatMap((file) => settingsIn(file, prefix));
  // Several values for one name are those of several deployments; which one counts is not known.
  const single = found.filter(({ entry }) => found.filter((other) => other.entry.key === entry.key).length === 1);
  const read = readSettings(single, driver);
  return {
    entries: [...options.entries, ...read.entries],
    sites: { ...read.sites, ...options.sites },
    complete: options.complete && read.complete && found.length > 0 && single.length === found.length,
  };
}

/** `app.config["NAME"] = …`, `app.config.update(NAME=…)`, `class Config: NAME = …`. */
function settingsIn(file: FileNode, prefix: string): readonly Setting[] {
  return file.functions.flatMap((owner) =>
    owner.facts.blocks.flatMap(({ instructions }) =>
      instructions.flatMap((one) => entriesOf(owner, one, prefix).map((entry): Setting => ({ owner, entry }))),
    ),
  );
}

type Named = ObjectEntry & { readonly key: string };

function entriesOf(owner: FunctionNode, one: Instruction, prefix: string): readonly Named[] {
  if (one.op === "set" && one.property.startsWith(prefix)) {
    const valueSpan = definition(owner, one.value)?.span ?? one.span;
    return [{ key: one.property, value: one.value, spread: false, span: one.span, keySpan: one.span, valueSpan }];
  }
  if (one.op !== "call") return [];
  return one.arguments.flatMap(({ keyword, value, span, spread }) => {
    if (keyword === undefined || spread || !keyword.startsWith(prefix)) return [];
    const keySpan = { start: span.start, end: span.start + keyword.length };
    return [{ key: keyword, value, spread: false, span, keySpan, valueSpan: definition(owner, value)?.span ?? span }];
  });
}

/** Every PostgreSQL entry of Django's `DATABASES` as a pool of the inventory. */
export function djangoPools(around: PoolSurroundings): readonly Pool[] {
  return around.files.flatMap((file) => {
    const [module] = file.functions;
    if (module === undefined || file.facts.language !== "python") return [];
    const stores = module.facts.blocks.flatMap(({ instructions }) =>
      instructions.filter((one) => one.op === "store" && file.facts.variables[one.variable]?.name === "DATABASES"),
    );
    return stores.flatMap((store) => {
      const all = store.op === "store" ? definition(module, store.value) : undefined;
      if (all?.op !== "object") return [];
      return all.entries.flatMap((entry) => databaseOf(around, module, entry) ?? []);
    });
  });
}

function databaseOf(around: PoolSurroundings, module: FunctionNode, entry: ObjectEntry): Pool | undefined {
  if (entry.key === undefined) return undefined;
  const options = readDictionary(module, entry.value, django);
  if (!isPostgresEngine(options)) return undefined;
  const { path } = module.file;
  const place = { path, span: entry.keySpan };
  const url = endpointOf(around, options, module);
  const environment = (name: string) => around.poolers.urlOfEnvironment(name, path);
  return {
    place,
    call: unwrittenCall("call", entry.span, entry.keySpan),
    function: 0,
    driver: django,
    type: "Database",
    role: "pool",
    via: "opens",
    postgres: "yes",
    options,
    applicationName: applicationName(django, options, url, undefined),
    startup: startupOf({ driver: django, options, url, environment, place }),
    statements: namingOf(django, options, url),
    errorHandler: "yes",
    ended: "unknown",
    inBlock: false,
    lifetime: { kind: "once" },
    name: entry.key,
    context: around.context(module.file),
    profile: around.poolers.profileFor(url, path),
    ...(url === undefined ? {} : { url }),
  };
}

/** Only what is certain: `dj_database_url.config()` and an unknown backend say nothing of the database. */
function isPostgresEngine({ entries }: PoolOptions): boolean {
  const value = entries.findLast(({ path }) => path === django.dialect?.option)?.value;
  return value?.kind === "constant" && django.dialect?.postgres.includes(String(value.value)) === true;
}
