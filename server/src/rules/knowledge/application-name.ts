import type { FileFacts, Instruction } from "../../core/facts.ts";
import type { Option, Pool } from "../../core/model.ts";
import { contains, type Span } from "../../core/text.ts";

const spellings = new Set(["application_name", "applicationName", "appName", "app_name"]);

/** An option that means to name the application, in a place where the library does not read it. */
export function misplacedName(pool: Pool): Option | undefined {
  const { given, name } = pool.applicationName;
  const isOwn = name?.kind === "constant" && name.value === pool.driver.applicationName.fallback;
  if (given === "yes" && !isOwn) return undefined;
  return pool.options.entries.find(
    ({ path, means }) =>
      means !== "application name" && means !== "fallback application name" && spellings.has(path.split(".").at(-1)!),
  );
}

/** Members and functions whose value is another one in every process or request. */
const uniqueNames = new Set([
  "pid",
  "randomUUID",
  "uuid",
  "v1",
  "v4",
  "v7",
  "uuidv4",
  "uuidv7",
  "nanoid",
  "ulid",
  "now",
  "random",
  "randomBytes",
  "hrtime",
  "getTime",
]);

/** By the facts, of which each text has its own: all pools are asked about with every key. */
const known = new WeakMap<FileFacts, Map<string, Span | undefined>>();

/** The place of what makes the value differ from process to process or from request to request (`process.pid`, a UUID, the time). */
export function uniquePart(facts: FileFacts, at: Span): Span | undefined {
  let parts = known.get(facts);
  if (!parts) {
    parts = new Map();
    known.set(facts, parts);
  }
  const key = `${at.start} ${at.end}`;
  if (!parts.has(key)) parts.set(key, findUnique(facts, at, 3));
  return parts.get(key);
}

function findUnique(facts: FileFacts, at: Span, depth: number): Span | undefined {
  const inside = instructionsOf(facts).filter((each) => contains(at, each.span));
  for (const each of inside) {
    const name = nameOf(facts, each);
    if (name === undefined || !uniqueNames.has(name)) continue;
    const call = inside.find(
      (other) =>
        other.op === "call" && other.calleeSpan.start === each.span.start && other.calleeSpan.end === each.span.end,
    );
    return (call ?? each).span;
  }
  if (depth === 0) return undefined;
  for (const each of inside) {
    if (each.op !== "load") continue;
    const source = assignedTo(facts, each.variable);
    const found = source && findUnique(facts, source, depth - 1);
    if (found) return found;
  }
  return undefined;
}

function nameOf(facts: FileFacts, each: Instruction): string | undefined {
  if (each.op === "get") return each.property;
  if (each.op !== "call") return undefined;
  const load = instructionsOf(facts).find(
    (other) =>
      other.op === "load" && other.span.start === each.calleeSpan.start && other.span.end === each.calleeSpan.end,
  );
  return load?.op === "load" ? facts.variables[load.variable]?.name : undefined;
}

/** The expression that a variable is given, where there is one only. */
function assignedTo(facts: FileFacts, variable: number): Span | undefined {
  const values = facts.functions.flatMap(({ blocks }) => {
    const instructions = blocks.flatMap((block) => block.instructions);
    const stores = instructions.filter((each) => each.op === "store").filter((each) => each.variable === variable);
    return stores.map(({ value }) => instructions.find((each) => "dst" in each && each.dst === value));
  });
  return values.length === 1 ? values[0]?.span : undefined;
}

const instructionsOf = (facts: FileFacts): Instruction[] =>
  facts.functions.flatMap(({ blocks }) => blocks.flatMap(({ instructions }) => instructions));
