import type { Driver, DriverBelow, OptionMeaning, PackageVersion, TypeName } from "./driver.ts";
import type { CallInstruction, Constant, FileFacts, FunctionFacts, FunctionId, StatementFact } from "./facts.ts";
import type { Bouncer } from "./ini.ts";
import type { Profile } from "./profile.ts";
import type { Place, Span } from "./text.ts";

/** What the analysis knows of a value in the code. Secrets are never part of it: a URL is taken apart where it is read. */
export type Known =
  | { readonly kind: "constant"; readonly value: Constant }
  /** `process.env.NAME`. `value`: what `.env`, compose files or the like say; `fallback`: `?? "x"`. */
  | { readonly kind: "environment"; readonly name: string; readonly fallback?: Known }
  /** Text with unknown pieces between. */
  | { readonly kind: "text"; readonly pieces: readonly (string | undefined)[] }
  | { readonly kind: "function"; readonly place: Place }
  /** A value of a driver (a pool handed over as an option). */
  | { readonly kind: "handle" }
  | { readonly kind: "object" }
  | { readonly kind: "either"; readonly of: readonly Known[] }
  | { readonly kind: "unknown" };

export interface Option {
  /** Dotted: `connection.application_name`. */
  readonly path: string;
  readonly means?: OptionMeaning;
  readonly value: Known;
  /** The entry in the object literal, or the argument. */
  readonly place: Place;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  /** Where the option came from. */
  readonly from: "object" | "argument" | "url";
  /** It stands in one of several objects, or in a spread that a condition decides: it may not be there. */
  readonly conditional?: true;
}

/** The object literal in which an option can be written. */
export interface ObjectSite {
  readonly path: string;
  /** With its braces. */
  readonly span: Span;
  readonly entries: readonly { readonly key?: string; readonly span: Span; readonly valueSpan: Span }[];
}

export interface PoolOptions {
  /** Every option that is known to be set, in source order; the last of one path wins. */
  readonly entries: readonly Option[];
  /** False where a spread, a computed key or an unknown value may hold more. */
  readonly complete: boolean;
  /** Where a new option goes: by dotted path of the enclosing object, `""` for the options object itself. */
  readonly sites: Readonly<Record<string, ObjectSite>>;
  /** The index at which an options argument is missing from the call (`postgres(url)` → 1). */
  readonly missingArgument?: number;
}

/** A parameter of PostgreSQL that a connection asks for in its startup message. */
export interface StartupParameter {
  /** `statement_timeout`. */
  readonly name: string;
  /** By its own name, or as `-c name=value` inside the parameter `options`. */
  readonly sentAs: "parameter" | "options";
  readonly from: "option" | "url" | "environment" | "default";
  /** As people write it there: the option's path, the URL's parameter, the variable's name. */
  readonly spelt: string;
  /** The option, the URL or the variable; the pool itself for what the library sends by default. */
  readonly place: Place;
  readonly option?: Option;
  /** The option is written, its value is not known: it may be `undefined`. */
  readonly uncertain?: true;
  /** As PostgreSQL's own syntax takes it (`5000ms`); undefined where it is not known. */
  readonly value?: string;
}

/** Whether the statements that the library sends have names of their own in the protocol, so that the server keeps them. */
export interface StatementNaming {
  /** `unknown`: a guard or an option that is not in sight decides. */
  readonly named: Tristate;
  /** What decides: an option, the URL, or nothing but the library's default. */
  readonly by: "option" | "url" | "default";
  readonly option?: Option;
  /** The driver that does the talking for the library, where it is known. */
  readonly below?: DriverBelow;
  /** Nothing switches them off before this version of a package, of which the workspace asks for an older one. */
  readonly until?: PackageVersion;
}

/** What a connection URL (or its environment variable) shows. No password, no user. */
export interface UrlFacts {
  readonly place: Place;
  /** A literal whose text can be edited, with its span (quotes included). */
  readonly literal?: Place;
  readonly environment?: string;
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  /** A number that stands for the user's name, to compare it with those of a pooler's configuration. */
  readonly user?: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** False where some of it is unknown (an unexplained variable, a template's hole in the query). */
  readonly complete: boolean;
}

export type Tristate = "yes" | "no" | "unknown";

export interface Pool {
  readonly place: Place;
  readonly call: CallInstruction;
  readonly function: FunctionId;
  readonly driver: Driver;
  readonly type: TypeName;
  /** `pool`, or `session` for a single connection (`new Client()`). */
  readonly role: "pool" | "session";
  /** `wraps`: an ORM over a pool that is in the inventory itself. */
  readonly via: "opens" | "wraps";
  /** The pool that this one wraps. */
  readonly inner?: Pool;
  /** `unknown`: the dialect is decided at run time; rules that depend on PostgreSQL leave it alone. */
  readonly postgres: Tristate;
  readonly options: PoolOptions;
  readonly url?: UrlFacts;
  /** `name`: the text, where known. `from`: where it is given. */
  readonly applicationName: { readonly given: Tristate; readonly name?: Known; readonly place?: Place };
  /** What its connections ask for when they start, one entry a parameter. */
  readonly startup: readonly StartupParameter[];
  readonly statements: StatementNaming;
  readonly errorHandler: Tristate;
  readonly ended: Tristate;
  /** Held by a `with` block of the function that opens it. */
  readonly inBlock: boolean;
  /** Where it is made: once (module, class instance made once, guarded singleton), or in a function that runs again and again. */
  readonly lifetime:
    | { readonly kind: "once" | "unknown" }
    | {
        readonly kind: "per call";
        readonly why: string;
        /** The function that runs again and again. */
        readonly place: Place;
        /** The `new` of a class that does it, where the pool's own place is in the class. `others`: more of them, which nothing ends either. */
        readonly made?: { readonly place: Place; readonly what: string; readonly others: readonly Place[] };
      };
  /** The name of the variable or field that holds it, for fixes and messages. */
  readonly name?: string;
  /** In a test, script or migration, by its path and by what it imports. */
  readonly context: "application" | "test" | "script";
  readonly profile: Profile;
}

/** One step on the way to a fault, for related information. `words` reads as a clause: "`charge()` throws here". */
export interface Step {
  readonly place: Place;
  readonly words: string;
}

export interface ExternalWait {
  readonly place: Place;
  /** `fetch()`, `setTimeout` … */
  readonly what: string;
  readonly kind: "network" | "sleep" | "file" | "process" | "queue" | "cache" | "computation" | "unknown";
  /** The calls that lead to it, from the transaction inwards. Empty where it stands in the transaction itself. */
  readonly chain: readonly Step[];
}

/** A variable that holds a transaction's handle. `certain`: whoever calls the function; not so for a parameter that some callers leave out. */
export interface HandleInScope {
  readonly name: string;
  readonly driver: Driver;
  readonly type: TypeName;
  readonly certain: boolean;
}

/** A use of another connection while the transaction is open. */
export interface OuterUse {
  readonly place: Place;
  readonly call: CallInstruction;
  readonly function: FunctionId;
  readonly driver: Driver;
  /** The call as it is written: `` `pool.query()` ``. */
  readonly what: string;
  /** Sends a statement, takes a connection out of the pool, or opens a transaction of its own. */
  readonly does: "statement" | "checkout" | "transaction";
  /** `model`: the pool that the model's class is bound to. `session`: another connection that was taken out before. */
  readonly through: "pool" | "model" | "session";
  /** The outer handle as it is written (`db`, `this.prisma`), its type, and the member that is taken from it. */
  readonly handle?: Place & { readonly type?: TypeName; readonly member: string | undefined };
  /** The transaction's handle, where a variable in scope holds it. */
  readonly instead?: HandleInScope;
  /**
   * The one call that leads to it, with the transaction's handle in scope there. `parameter`: the index of a parameter that the call leaves out
   * and that the function would run on.
   */
  readonly hop?: Place & {
    readonly call: CallInstruction;
    readonly handle: HandleInScope;
    readonly parameter?: number;
  };
  /** The calls that lead to it, from the transaction inwards. */
  readonly chain: readonly Step[];
}

/** Several uses of the transaction's one connection at the same time. */
export interface ConcurrentUse {
  /** The `Promise.all`. */
  readonly place: Place;
  readonly call: CallInstruction;
  readonly function: FunctionId;
  readonly what: string;
  readonly driver: Driver;
  /** Each element is one statement; otherwise some send another when the first is done. */
  readonly single: boolean;
  /** Statements that run at the same time, the first few. */
  readonly uses: readonly Place[];
  readonly chain: readonly Step[];
}

/** Something of the transaction that nobody waits for. */
export interface FloatingUse {
  /** The call that is not awaited. */
  readonly place: Place;
  readonly call: CallInstruction;
  readonly function: FunctionId;
  readonly what: string;
  /** `transaction`: the call that takes the callback. `work`: a function of the workspace that uses the transaction. */
  readonly does: "begin" | "commit" | "rollback" | "transaction" | "statement" | "work";
  /** `forEach`: the callback's promises are dropped by the loop. */
  readonly how: "call" | "forEach";
  /** What the library waits for before it sends anything at all. */
  readonly lazy?: "await" | "execute";
  /** What runs on, where it is not the call itself. */
  readonly uses: readonly Place[];
  readonly chain: readonly Step[];
}

export interface Transaction {
  /** The BEGIN, the call that begins, or the call that takes the callback. */
  readonly place: Place;
  readonly call: CallInstruction;
  readonly function: FunctionId;
  readonly driver: Driver;
  /** `implicit`: the driver begins with the first statement (Python's DB-API). */
  readonly form: "sql" | "unmanaged" | "callback" | "implicit";
  /** Of a call of the project's own helper: the transaction in the helper that it opens. */
  readonly helper?: Transaction;
  /** `pool`: BEGIN was sent through a handle that may run the next statement elsewhere. */
  readonly on: "pool" | "session";
  /** The text of the handle's variable: `client`, `trx`. */
  readonly handle?: string;
  /** The checkout whose session it runs on, where it is in sight. */
  readonly checkout?: Checkout;
  /** The pool that it runs on, where it is in sight. */
  readonly pool?: Pool;
  /** Statements that end it, in source order (COMMIT, ROLLBACK; `commit()` …). */
  readonly ends: readonly { readonly place: Place; readonly how: "commit" | "rollback" }[];
  /** Ways out of the handle's life with the transaction open: the steps, from BEGIN to the way out. */
  readonly leaks: readonly { readonly steps: readonly Step[] }[];
  /** Gives the session back to the pool while the transaction may be open. */
  readonly releases: readonly {
    readonly place: Place;
    readonly call: CallInstruction;
    readonly steps: readonly Step[];
  }[];
  readonly waits: readonly ExternalWait[];
  /** Uses of other connections of the same database while it is open. */
  readonly outer: readonly OuterUse[];
  readonly concurrent: readonly ConcurrentUse[];
  readonly floating: readonly FloatingUse[];
  readonly context: Pool["context"];
  readonly profile: Profile;
}

export interface Checkout {
  readonly place: Place;
  readonly call: CallInstruction;
  readonly function: FunctionId;
  readonly driver: Driver;
  readonly handle?: string;
  readonly leaks: readonly { readonly steps: readonly Step[] }[];
  readonly misuses: readonly {
    readonly kind: "double release" | "use after release";
    readonly place: Place;
    readonly steps: readonly Step[];
  }[];
  /** No way through its function gives it back, and nobody else has it then. */
  readonly abandoned?: true;
  /** The pool that it comes from, where it is in sight. */
  readonly pool?: Pool;
  /** A transaction was begun on it: its leak is told by `no-leaked-transaction`. */
  readonly transactions: readonly Transaction[];
  readonly context: Pool["context"];
  readonly profile: Profile;
}

/** A statement sent to the database whose text is known, at least in part. */
export interface Statement {
  readonly place: Place;
  readonly call: CallInstruction;
  readonly function: FunctionId;
  readonly driver: Driver;
  /** Text with `undefined` for what is not known. */
  readonly text: readonly (string | undefined)[];
  /** The literal that holds the text, where it is one. */
  readonly literal?: Place;
  /** The literal, or the template with holes in it, in which the text is written; its source text can be edited. */
  readonly written?: Place;
  readonly on: "pool" | "session" | "transaction";
  /** A function of the project sends it: the call hands over the text. */
  readonly forwarded?: true;
  /** The text of the handle's variable: `client`. */
  readonly handle?: string;
  /** Inside a transaction on the same handle: on every path, on none whose beginning is in sight, or not known. */
  readonly inTransaction: Tristate;
  /** That transaction, where it is one and in sight. */
  readonly transaction?: Transaction;
  /** The statement is sent on every new connection: where its listener or option stands. */
  readonly hook?: Place;
  readonly context: Pool["context"];
  readonly profile: Profile;
}

/** Waits for notifications: a member of the library that sends LISTEN, or a library that is built on it. */
export interface Listening {
  /** The call that listens, or the option that makes the library listen. */
  readonly place: Place;
  readonly call: CallInstruction;
  readonly driver: Driver;
  /** As it is written: `sql.listen`, `run`. */
  readonly what: string;
  readonly context: Pool["context"];
  readonly profile: Profile;
}

/** A call for which the library sends BEGIN and COMMIT by itself (`repository.save()`, `prisma.$transaction([…])`). */
export interface ImplicitTransaction {
  readonly place: Place;
  readonly call: CallInstruction;
  readonly driver: Driver;
  /** The pool that it runs on, where it is in sight. */
  readonly pool?: Pool;
  readonly context: Pool["context"];
  readonly profile: Profile;
}

/** A statement that the code itself gives a name in the protocol (`query({ name, text })`, `.prepare("by_id")`). */
export interface PreparedStatement {
  /** The entry or the argument that names it. */
  readonly place: Place;
  readonly call: CallInstruction;
  readonly driver: Driver;
  /** What the library calls it here: `query`, `prepare`, `options`, `PreparedStatement`. */
  readonly member: string;
  /** The name, where it is a constant. */
  readonly name?: string;
  /** `undefined` for what is not known of its text; absent where the text is not in sight. */
  readonly text?: readonly (string | undefined)[];
  /** The object literal that the name stands in; absent where it is an argument of its own. */
  readonly site?: Pick<ObjectSite, "span" | "entries">;
  readonly context: Pool["context"];
  readonly profile: Profile;
}

/** A cursor of the server that is read in more than one transaction: Python's `withhold=True`, or Django's `iterator()` outside of `atomic()`. */
export interface ServerCursor {
  readonly place: Place;
  readonly call: CallInstruction;
  readonly how: "held" | "query set";
  readonly context: Pool["context"];
}

/** A migration tool, and the connection that it goes through. */
export interface Migration {
  /** The call, the script, or the entry of the tool's configuration that names the connection. */
  readonly place: Place;
  /** As people call it: `node-pg-migrate`, `Knex`. */
  readonly tool: string;
  /** `session`: two runs are kept apart by an advisory lock of the session, which a pooler leaves behind on the server. */
  readonly lock: "session" | "other";
  readonly url?: UrlFacts;
  /** An environment variable of the workspace that leads past the pooler. */
  readonly direct?: string;
  readonly context: Pool["context"];
  readonly profile: Profile;
}

/** Everything that a rule may see. Read-only; the same for the same snapshot and settings. */
export interface Model {
  /** The PgBouncers that ini files of the workspace configure. */
  readonly bouncers: readonly Bouncer[];
  readonly pools: readonly Pool[];
  readonly transactions: readonly Transaction[];
  readonly checkouts: readonly Checkout[];
  readonly statements: readonly Statement[];
  readonly listens: readonly Listening[];
  readonly implicitTransactions: readonly ImplicitTransaction[];
  readonly prepared: readonly PreparedStatement[];
  readonly migrations: readonly Migration[];
  readonly cursors: readonly ServerCursor[];
  /** Processes that run this application side by side, as the settings say. */
  readonly replicas: number;
  /** The whole text of a file of the snapshot. */
  text(path: string): string;
  facts(path: string): FileFacts;
  functionAt(path: string, id: FunctionId): FunctionFacts;
  /** The innermost statement around an offset. */
  statementAt(path: string, offset: number): StatementFact | undefined;
  /** Name in the nearest package.json or pyproject.toml, for `application_name`; undefined where there is none. */
  projectName(path: string): string | undefined;
  /** The version of a package that the nearest manifest or lock file names, or the least that it allows; undefined where none does. */
  packageVersion(path: string, name: string): readonly number[] | undefined;
}
