/**
 * The vocabulary in which a driver is described: data only. A descriptor is a small declaration of the library's
 * values (types with roles) and of what each symbol does to a connection (effects).
 */

/** What a value is to a connection. */
export type Role =
  /** Hands out connections: a pool, an engine, an ORM's root handle. Statements on it may each use another connection. */
  | "pool"
  /** One checked-out connection. */
  | "session"
  /** A handle that is inside a transaction as long as it lives (`trx`, `tx`, `t`). */
  | "transaction"
  /**
   * A query or a view that runs on another handle, the one that it was made from, once awaited or executed: builders, repositories,
   * `db.query.users`. It has the role of that handle. Once awaited it is a plain value.
   */
  | "query"
  /** A piece of SQL text. */
  | "sql"
  /** Anything else that the library hands out (dialects, factories, options, release functions). */
  | "value";

/** Name of an entry of `Driver.types`. */
export type TypeName = string;

/**
 * Where in a call something stands. A slot that is absent in a call, or that holds no value of the kind asked for (no function where a
 * callback is meant), counts as not said.
 */
export type Slot =
  | "receiver"
  | "result"
  /** Of a decorator: the method that it stands on. */
  | "decorated"
  /** `keyword`: the name under which the argument may be given instead. */
  | { readonly argument: number | "last"; readonly keyword?: string }
  /** A property of an argument (`{ transaction: t }`): of that argument, or of the first argument that has it where `argument` is "any". */
  | { readonly argument: number | "any"; readonly property: string };

/** Closed list of what a call can do. A new effect extends the vocabulary for all drivers. */
export type Effect =
  /** The result is a pool (or, by its role, a single session) opened with these options. */
  | {
      readonly does: "opens";
      /** Where `options` and `url` name one argument, an object is the options and anything else the URL. */
      /**
       * The argument that is the options object; `keywords`: the keyword arguments of the call are the options. `factory`: the options are what
       * this property's function returns.
       */
      readonly options?: number | "keywords";
      readonly factory?: string;
      /** The argument with further options that are read at run time, from a file mostly: with it the rest is not known. */
      readonly settings?: number;
      /** The argument that is the connection URL. */
      readonly url?: number;
      /** What the positional arguments mean, by index (`new Sequelize(database, user, password, options)`). */
      readonly positional?: Readonly<Record<number, OptionMeaning>>;
    }
  /** The options in this argument are also options, under the path, of every pool that the result is or opens (`pgp({ schema })(url)`). */
  | { readonly does: "configures"; readonly options: number; readonly path: string }
  /**
   * The result is a view over the handle that stands in the slot (an async function there returns it); it opens nothing itself. Where
   * nothing is known of the handle, neither is the database behind it.
   */
  | { readonly does: "wraps"; readonly handle: Slot }
  /**
   * The result (or, with `callback`, that callback's parameter) is a newly checked-out session of the receiver, or of the handle in the slot
   * (`Session(engine)`). `lazily`: it takes its connection with the first statement.
   */
  | { readonly does: "acquires"; readonly from?: Slot; readonly lazily?: true }
  /** A single connection (`new Client()`) starts its session. */
  | { readonly does: "connects"; readonly handle?: Slot }
  /**
   * The session goes back to its pool. Called on a plain value (pg's `done`, slonik's release function), it means the handle that was handed
   * out together with that value. With `destroys`, a truthy argument closes the connection instead, which ends its transaction. With `resets`,
   * the pool rolls back what is open before anybody else has the session.
   */
  | { readonly does: "releases"; readonly handle?: Slot; readonly destroys?: number | "always"; readonly resets?: true }
  /**
   * The pool or single connection is closed; a transaction on it is rolled back by the server. Called on a factory (`pgp.end()`), it means
   * every pool that the factory opened.
   */
  | { readonly does: "ends"; readonly handle?: Slot }
  /**
   * Sends a statement. `sql` is where its text stands (absent: the library writes it); `text`: property of a config object.
   * `on`: the handle that it runs on; a slot that is absent in the call falls back to the receiver.
   */
  | {
      readonly does: "runs";
      readonly sql?: Slot;
      readonly on?: Slot;
      readonly implicitTransaction?: true;
      /** On a session without a transaction it opens one, which stays open until it is ended or the session is given back (Python's DB-API). */
      readonly autobegins?: true;
    }
  | { readonly does: "begins"; readonly handle: "receiver" | "result" }
  | { readonly does: "commits"; readonly handle?: Slot }
  | { readonly does: "rolls back"; readonly handle?: Slot }
  /**
   * Runs the callback between BEGIN and COMMIT, with ROLLBACK when it throws (a savepoint where the receiver is in a transaction; the same
   * goes for `begins`). `calls` names the handle among the callback's parameters;
   * where it has none, `ambient` says how the statements inside find the transaction.
   */
  | {
      readonly does: "runs in transaction";
      readonly callback: Slot;
      readonly ambient?: "same handle" | "async local storage";
      /** A callback that returns nothing (no promise) has to end the transaction itself, through the handle (knex). */
      readonly unlessReturned?: "stays open";
      /** Runs on the handle in this slot instead of the receiver (`transaction(knex, cb)`). */
      readonly on?: Slot;
    }
  /** Runs several statements as one transaction that the library sends by itself (`prisma.$transaction([…])`). */
  | { readonly does: "runs batch in transaction"; readonly statements: Slot }
  /** Runs the callback with a session that it gives back afterwards. */
  | { readonly does: "runs in session"; readonly callback: Slot }
  /**
   * Registers a listener for the event named by argument 0, or by `event` where the member itself names it. `error`: the process survives;
   * `connect`: runs on every new connection.
   */
  | { readonly does: "handles event"; readonly callback: Slot; readonly event?: "connect" | "error" }
  /** The result is the very handle that stands in the slot. */
  | { readonly does: "passes through"; readonly handle: Slot }
  /** From now on, callback transactions of this library are found through AsyncLocalStorage (`Sequelize.useCLS`). */
  | { readonly does: "enables ambient transactions" }
  | { readonly does: "listens"; readonly channel?: Slot }
  /** The result is SQL text: a template tag or a text argument. */
  | { readonly does: "builds SQL"; readonly text: Slot }
  /** The result runs on the handle in the slot, not on the receiver (`.transacting(trx)`). */
  | { readonly does: "moves to"; readonly handle: Slot }
  /** Names a prepared statement. */
  | { readonly does: "prepares"; readonly name?: Slot }
  /** Runs the promises or statements in its argument one after another, or as a pipeline that the library supports on one connection. */
  | { readonly does: "pipelines"; readonly statements: Slot }
  /**
   * Changes the schema through the handle in `on` (the receiver, where it says nothing), or through a connection of its own that the
   * options in this argument describe. `session`: an advisory lock of the session keeps two runs apart.
   */
  | {
      readonly does: "migrates";
      readonly on?: Slot;
      readonly options?: number;
      readonly lock?: "session";
      /** The option that does without the lock. */
      readonly lockedUnless?: OptionSetting;
    }
  /** The result is the value of the environment variable that the slot names. */
  | { readonly does: "reads environment"; readonly name: Slot };

/** Which overload a call is: all of the given conditions hold. */
export interface Guard {
  readonly argument: number | "last";
  /** The name under which the argument may be given instead. */
  readonly keyword?: string;
  /** Asks about this property of the argument instead (dotted: `client.pool`). */
  readonly property?: string;
  /** `handle`: a value of a driver. `template`: the argument of a tagged template. `decorator`: of the call itself, whatever it is given. */
  readonly is: "absent" | "present" | "function" | "string" | "object" | "array" | "handle" | "template" | "decorator";
  /** With `is: "string"`: one of these constants. */
  readonly oneOf?: readonly string[];
}

export interface Signature {
  readonly when?: Guard | readonly Guard[];
  /** Where the role of `returns` is `query`, `runs` and `prepares` happen once the result is awaited, returned or chained; till then it may be a piece of another statement. */
  readonly effects?: readonly Effect[];
  /**
   * What the call yields once awaited. `same`: a view of the receiver's own handle (`em.fork()` is not, `ds.manager` is);
   * without it an `acquires` or `begins` effect makes a new handle, and anything else a value of that type.
   */
  readonly returns?: TypeName | Returned;
  /** Callbacks and what they are called with; `undefined` for a parameter that is no value of this library. */
  readonly calls?: readonly { readonly callback: Slot; readonly with: readonly (TypeName | undefined)[] }[];
}

/** A view of the receiver's own handle. The receiver's own type is kept where it extends `type`. */
export interface Returned {
  readonly type: TypeName;
  readonly same: true;
}

/** The first overload whose guards hold is taken; one without guards always holds. */
export type Member = Signature | readonly Signature[];

export interface TypeDescriptor {
  readonly role: Role;
  /** Belongs to another database: what wraps it is left alone (`MysqlDialect`). */
  readonly foreign?: true;
  readonly extends?: TypeName;
  /** Names under which the type is exported for annotations, where they differ (`PoolClient`, `Knex.Transaction`). */
  readonly names?: readonly string[];
  readonly new?: Member;
  /** The value itself is called or, where it is a class that the library hands out as a value, constructed: `knex("t")`, `pgp(cn)`. */
  readonly call?: Member;
  /** The value is a template tag: sql`…`. Falls back to `call`. */
  readonly tag?: Member;
  readonly members?: Readonly<Record<string, Member>>;
  /** Static members of the class. */
  readonly statics?: Readonly<Record<string, Member>>;
  readonly properties?: Readonly<Record<string, TypeName | Returned>>;
  /** What happens at the end of a `using` scope that holds the value. */
  readonly dispose?: Member;
  /** What any member call, or any property, not listed above is (query builders, Prisma's model delegates). */
  readonly anyMember?: Member;
  /** A query of this type is no promise: awaiting it sends nothing, this method does. */
  readonly sentBy?: "execute";
  readonly anyProperty?: TypeName | Returned;
}

/** What a module exports under a name. */
export type ExportDescriptor =
  | { readonly class: TypeName }
  | { readonly value: TypeName }
  | { readonly namespace: Readonly<Record<string, ExportDescriptor>> };

/** What an option, URL parameter or environment variable decides. */
export type OptionMeaning =
  | "url"
  | "host"
  | "port"
  | "database"
  | "user"
  | "password"
  | "dialect"
  /** Pool size, floor, and times. */
  | "max"
  | "min"
  | "idle"
  | "reap"
  | "lifetime"
  | "max uses"
  | "acquire timeout"
  | "connect timeout"
  | "application name"
  | "fallback application name"
  /** Protocol-level prepared statements: a switch, or a name. */
  | "prepare"
  | "statement name"
  | "statement cache"
  /** Sent in the startup message under `parameter`, or a bag of such parameters, or `-c name=value` text. */
  | "startup parameter"
  | "startup parameters"
  | "startup options"
  /** Sent as SET on every new connection. */
  | "session setting"
  | "search path"
  | "connect hook"
  | "error hook"
  /** Waits for notifications, which takes a LISTEN. */
  | "listens"
  /** An existing pool or client that is used instead of opening one. */
  | "handle"
  /** Read only on the client side: never a startup parameter. */
  | "client side";

export interface OptionDescriptor {
  readonly means: OptionMeaning;
  /** Of a time given as a number. */
  readonly unit?: "ms" | "s" | "min";
  /** The PostgreSQL parameter that the value becomes. */
  readonly parameter?: string;
  /** Of a hook: what the library calls it with. */
  readonly handed?: readonly (TypeName | undefined)[];
  /** Values that turn the option off (`false`, "DISABLE_TIMEOUT"). */
  readonly off?: readonly (string | number | boolean | null)[];
  /** Not in the package's own types (untyped bags, undocumented names): left out of the conformance test, with the reason. */
  readonly untyped?: string;
}

/** One setting of an option, as a fix writes it. `value` is source text. */
export interface OptionSetting {
  readonly path: string;
  readonly value: string;
  /** What the program says itself stays: the library has a default that does not go with the others. */
  readonly unlessGiven?: true;
  /** What the value needs to be imported first; without a name, the module itself. */
  readonly imports?: readonly { readonly module: string; readonly name?: string }[];
}

/** How the library pools connections. Times in ms; `"never"` where a connection is kept for good. */
export interface PoolBehaviour {
  readonly defaults: {
    readonly max?: number;
    readonly min?: number;
    readonly idle?: number | "never";
    readonly lifetime?: number | "never";
    readonly acquireTimeout?: number | "never";
  };
  /** Settings that do not do what they say. `says` completes "`max: 0` …" in the message. */
  readonly traps?: readonly {
    readonly path: string;
    readonly value: string | number | boolean;
    readonly says: string;
  }[];
  /** Proven settings after which no idle connection is left behind. */
  readonly nullPool?: readonly OptionSetting[];
  /** Options that the library refuses beside the NullPool form. */
  readonly refusedByNullPool?: readonly string[];
  /** Settings that give idle connections back after a while. */
  readonly boundedIdle?: readonly OptionSetting[];
  /** Without a listener for `error` the process exits when the pooler closes an idle connection. */
  readonly exitsOnIdleClose: boolean;
  /** True where the next query reconnects by itself. */
  readonly reconnects: boolean;
}

export interface ApplicationNameBehaviour {
  /** Dotted option path where the name goes; absent where only the URL can carry it. */
  readonly option?: string;
  /** The URL's query parameter; absent where the URL cannot carry it. */
  readonly urlParameter?: string;
  /** Environment variables that the library reads the name from. */
  readonly environment?: readonly string[];
  /** What it sends when nobody names it (`postgres.js`). */
  readonly fallback?: string;
}

/** A version of a package as its registry spells it: `{ package: "psycopg", version: [3, 2] }`. */
export interface PackageVersion {
  readonly package: string;
  readonly version: readonly [major: number, minor: number];
}

/** The driver that a library leaves the talking to. */
export interface DriverBelow {
  readonly label: string;
  readonly statements: "unnamed" | "named";
  /** Settings after which its statements have no name: all of them together. */
  readonly unnamed: readonly OptionSetting[];
  /** The one of them that is enough from this version of the package on. */
  readonly enough?: PackageVersion & { readonly path: string };
  readonly namesAfter?: number;
  /** Before this version of the package no setting does: what it is told to send without a name has one all the same. */
  readonly unnamedSince?: PackageVersion;
  readonly statementsSince?: readonly number[];
  readonly statementsNeed?: PackageVersion;
}

export interface Driver {
  /** Stable id, the file's name: `pg`, `postgres`, `typeorm`. It is `library` in the JSON report. */
  readonly name: string;
  /** As people write it: "node-postgres". */
  readonly label: string;
  readonly language: "javascript" | "python";
  /** Python: the types whose calls give a coroutine, which runs when it is awaited; every other call is done when it returns. */
  readonly asynchronous?: readonly TypeName[];
  /** Link to the documentation of its pool. */
  readonly documentation: string;
  /**
   * By module specifier: the exported names. `=` is the value of `module.exports` itself; a name that it does not have as a member is the
   * export of that name. A specifier may end in `/*`, or begin with `*\/` where it leads to no file of the workspace (generated clients).
   * A default import of a module without `default` is `=`, or else the namespace of its names; so is `require` without `=`.
   * The types of the driver can be named in annotations from each of its modules.
   */
  readonly modules: Readonly<Record<string, Readonly<Record<string, ExportDescriptor>>>>;
  readonly types: Readonly<Record<TypeName, TypeDescriptor>>;
  /** Option paths (dotted) of `opens` effects. */
  readonly options: Readonly<Record<string, OptionDescriptor>>;
  /** Query parameters of the connection URL, where they are options of this library. */
  readonly urlParameters?: Readonly<Record<string, OptionDescriptor>>;
  /** Environment variables that the library reads by itself, besides the name. */
  readonly environmentVariables?: Readonly<Record<string, OptionDescriptor>>;
  /** Settings of the application whose names begin with this are options too (Flask's `app.config`). */
  readonly settings?: string;
  /** Unlisted keys of these dotted option paths are startup parameters; `"?"` stands for the URL's query (postgres.js). */
  readonly startupBags?: readonly string[];
  readonly pool: PoolBehaviour;
  readonly applicationName: ApplicationNameBehaviour;
  /** How the option (or the package) tells PostgreSQL from other databases; absent where the library is PostgreSQL only. */
  readonly dialect?: {
    /** Dotted option path: `client`, `dialect`, `type`. */
    readonly option?: string;
    /** Its values that mean PostgreSQL. A class counts by its name (`driver: PostgreSqlDriver`). */
    readonly postgres: readonly string[];
    /** URL schemes that decide where no option does. */
    readonly schemes: readonly string[];
    /** Packages whose presence in the nearest manifest makes it PostgreSQL where nothing else says so. */
    readonly packages: readonly string[];
  };
  /** Protocol-level statements it sends without being told to. */
  readonly statements: "unnamed" | "named";
  /** Where another driver does the talking: which one, by the part of the URL's scheme that names it (`postgresql+asyncpg`). */
  readonly below?: Readonly<Record<string, DriverBelow>>;
  /** It names a statement that has run this many times, or as many as its switch says. Without it every statement has a name. */
  readonly namesAfter?: number;
  /** The version of a package of its own from which its named statements work where the pooler keeps them. */
  readonly statementsNeed?: PackageVersion;
  /**
   * What becomes of statements that are sent at the same time inside one transaction, where the library does something about it: it sends
   * them as a pipeline that it supports on purpose, or one after another.
   */
  readonly concurrency?: "pipelines" | "queues";
  /** The PgBouncer version from which its named statements work, where `max_prepared_statements` alone (1.21) is not enough. */
  readonly statementsSince?: readonly number[];
  /** What it sends by itself on every new connection, or whenever one is released, unless one of these settings says otherwise. */
  readonly sends?: readonly {
    readonly on: "connect" | "release";
    readonly sql: string;
    readonly unless: readonly OptionSetting[];
  }[];
  /** Startup parameters that it sends where their option says nothing (slonik): option path → value, in the option's unit. */
  readonly startupDefaults?: Readonly<Record<string, number | string>>;
}
