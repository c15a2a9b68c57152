import type {
  Driver,
  Effect,
  ExportDescriptor,
  Member,
  Role,
  Signature,
  TypeDescriptor,
  TypeName,
} from "../core/driver.ts";
import type { DriverModule } from "../drivers/index.ts";

/** What a driver's member does that a rule may have something to say about. Reading and writing rows outside a transaction is none of it. */
export type Deed =
  /** Takes a connection out of its pool, or begins a transaction on it. */
  | "opening"
  /** Gives one back, or ends a transaction. */
  | "closing"
  /** Runs a function with a session or in a transaction. */
  | "lending"
  /** Sends a text that is given to it. */
  | "sending"
  | "other";

/** The words by which deeds of some drivers are known in a text. */
export type DeedWords = ReadonlyMap<Deed, ReadonlySet<string>>;

/**
 * The names of members of drivers that do more than reading and writing rows. Where a name also stands for something harmless (`execute` of a
 * query and of a transaction), the members that lead to it are taken in its place (`transaction()`).
 *
 * @param implicit whether statements that a library wraps in a transaction by itself count
 */
export function deedWords(drivers: Iterable<Driver>, implicit: boolean): DeedWords {
  const words = new Map<Deed, Set<string>>();
  const add = (deed: Deed, name: string): void => {
    const known = words.get(deed);
    if (known) known.add(name);
    else words.set(deed, new Set([name]));
  };
  for (const { types } of drivers) {
    const harmless = new Set<string>();
    const special: { readonly type: TypeName; readonly name: string; readonly deeds: readonly Deed[] }[] = [];
    for (const [type, descriptor] of Object.entries(types)) {
      for (const [name, member] of membersOf(descriptor)) {
        const deeds = deedsOf(member, implicit);
        if (deeds.length > 0) special.push({ type, name, deeds });
        else harmless.add(name);
      }
      const called = [descriptor.call, descriptor.anyMember].flatMap((one) => (one ? deedsOf(one, implicit) : []));
      if (called.length > 0) special.push({ type, name: "", deeds: called });
    }
    for (const { type, name, deeds } of special) {
      const isHandle = handleRoles.has(types[type]?.role ?? "value");
      const names = name === "" || (harmless.has(name) && !isHandle) ? leadingTo(types, type) : [name];
      for (const deed of deeds) for (const one of names) add(deed, one);
    }
  }
  return words;
}

const handleRoles: ReadonlySet<Role> = new Set(["pool", "session", "transaction"]);

/** Static members are called on what is imported: an opener. */
const membersOf = ({ members }: TypeDescriptor): readonly (readonly [string, Member])[] =>
  Object.entries(members ?? {});

const signaturesOf = (member: Member): readonly Signature[] =>
  "length" in member ? (member as readonly Signature[]) : [member as Signature];

function deedsOf(member: Member, implicit: boolean): readonly Deed[] {
  const found = signaturesOf(member).flatMap(({ effects = [] }) =>
    effects.flatMap((effect) => deedOf(effect, implicit) ?? []),
  );
  // What names a statement by its text's object is seen by what is sent.
  return found.includes("sending") ? found.filter((deed) => deed !== "other") : found;
}

function deedOf(effect: Effect, implicit: boolean): Deed | undefined {
  switch (effect.does) {
    case "acquires":
    case "begins":
    case "connects":
      return "opening";
    case "releases":
    case "commits":
    case "rolls back":
      return "closing";
    case "runs in transaction":
    case "runs in session":
      return "lending";
    case "runs":
      return effect.sql !== undefined ? "sending" : effect.implicitTransaction && implicit ? "other" : undefined;
    case "opens":
    case "prepares":
    case "listens":
    case "runs batch in transaction":
    case "enables ambient transactions":
      return "other";
    default:
      return undefined;
  }
}

/** The members that return a type. */
function leadingTo(types: Driver["types"], type: TypeName): readonly string[] {
  const names: string[] = [];
  for (const descriptor of Object.values(types)) {
    for (const [name, member] of membersOf(descriptor)) {
      const leads = signaturesOf(member).some(
        ({ returns }) => (typeof returns === "object" ? returns.type : returns) === type,
      );
      if (leads) names.push(name);
    }
  }
  return names;
}

/** The names that a module exports for what opens a pool, or does something else that counts, when it is called, made or stood before a method. */
export function openersOf(module: DriverModule): ReadonlySet<string> {
  const known = openers.get(module);
  if (known !== undefined) return known;
  const { driver, exports } = module;
  const names = new Set<string>();
  for (const [name, one] of Object.entries(exports))
    if (isOpener(driver, one)) names.add(name === "=" ? "default" : name);
  // A namespace: `import pg from "pg"`.
  if (names.size > 0) names.add("default");
  openers.set(module, names);
  return names;
}

const openers = new WeakMap<DriverModule, ReadonlySet<string>>();

/** Whether what a module exports opens a pool, or does something else that counts, when it is called, made or stood before a method. */
export function isOpener(driver: Driver, one: ExportDescriptor): boolean {
  if ("namespace" in one) return Object.values(one.namespace).some((inner) => isOpener(driver, inner));
  const descriptor = driver.types["class" in one ? one.class : one.value];
  if (descriptor === undefined) return false;
  return [descriptor.new, descriptor.call, ...Object.values(descriptor.statics ?? {})].some(
    (member) =>
      member !== undefined &&
      signaturesOf(member).some(({ effects = [] }) => effects.some(({ does }) => !harmless.has(does))),
  );
}

const harmless: ReadonlySet<Effect["does"]> = new Set([
  "runs",
  "builds SQL",
  "passes through",
  "moves to",
  "pipelines",
]);
