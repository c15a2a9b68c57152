import type { Member, Returned, TypeDescriptor } from "../../core/driver.ts";

const self = (type: string): Returned => ({ type, same: true });

/** The first statement opens a transaction that stays open until commit, rollback or close, unless the engine is in AUTOCOMMIT. */
const statement: Member = { effects: [{ does: "runs", sql: { argument: 0, keyword: "statement" }, autobegins: true }] };
/** The library writes the statement. */
const object: Member = { effects: [{ does: "runs", autobegins: true }] };

const opens = (engine: string): Member => ({
  effects: [{ does: "opens", options: "keywords", url: 0 }],
  returns: engine,
});

const engine = (async: boolean): TypeDescriptor => {
  const [type, connection] = async ? ["AsyncEngine", "AsyncConnection"] : ["Engine", "Connection"];
  return {
    role: "pool",
    members: {
      connect: { effects: [{ does: "acquires" }], returns: connection },
      begin: { effects: [{ does: "begins", handle: "result" }], returns: `Begun${connection}` },
      raw_connection: { effects: [{ does: "acquires" }], returns: "RawConnection" },
      execution_options: { returns: self(type) },
      dispose: { effects: [{ does: "ends" }] },
    },
    ...(async ? { properties: { sync_engine: self("Engine") } } : {}),
  };
};

const connection = (type: string, transaction: string): TypeDescriptor => ({
  role: "session",
  members: {
    execute: statement,
    exec_driver_sql: statement,
    scalar: statement,
    scalars: statement,
    stream: statement,
    stream_scalars: statement,
    begin: { effects: [{ does: "begins", handle: "receiver" }], returns: self(transaction) },
    begin_nested: { returns: self("Savepoint") },
    execution_options: { returns: self(type) },
    commit: { effects: [{ does: "commits" }] },
    rollback: { effects: [{ does: "rolls back" }] },
    close: { effects: [{ does: "releases", resets: true }] },
    invalidate: { effects: [{ does: "releases", destroys: "always" }] },
    run_sync: { calls: [{ callback: { argument: 0 }, with: ["Connection"] }] },
    __enter__: { effects: [{ does: "connects" }], returns: self(type) },
    __aenter__: { effects: [{ does: "connects" }], returns: self(type) },
  },
  dispose: { effects: [{ does: "releases", resets: true }] },
});

/** What `engine.begin()` and `sessionmaker.begin()` give: their block ends with COMMIT, or ROLLBACK, and gives the connection back. */
const begun = (of: string): TypeDescriptor => ({
  role: "transaction",
  names: [],
  extends: of,
  members: {
    __enter__: { effects: [{ does: "connects" }], returns: self(`Begun${of}`) },
    __aenter__: { effects: [{ does: "connects" }], returns: self(`Begun${of}`) },
  },
  dispose: { effects: [{ does: "commits" }] },
});

const transaction: TypeDescriptor = {
  role: "session",
  members: {
    commit: { effects: [{ does: "commits" }] },
    rollback: { effects: [{ does: "rolls back" }] },
    close: { effects: [{ does: "rolls back" }] },
    __enter__: { effects: [{ does: "connects" }], returns: self("Transaction") },
    __aenter__: { effects: [{ does: "connects" }], returns: self("Transaction") },
  },
  dispose: { effects: [{ does: "commits" }] },
};

/** What the session for asyncio has no counterpart of. */
const ofSession: Readonly<Record<string, Member>> = {
  bulk_save_objects: object,
  bulk_insert_mappings: object,
  bulk_update_mappings: object,
  query: { returns: self("Query") },
};

const session = (type: string, connectionType: string): TypeDescriptor => ({
  role: "session",
  members: {
    execute: statement,
    scalar: statement,
    scalars: statement,
    stream: statement,
    stream_scalars: statement,
    // SQLModel's.
    exec: statement,
    get: object,
    get_one: object,
    flush: object,
    merge: object,
    refresh: object,
    delete: {},
    add: {},
    add_all: {},
    expunge: {},
    ...(type === "Session" ? ofSession : {}),
    connection: { returns: self(connectionType) },
    begin: { effects: [{ does: "begins", handle: "receiver" }], returns: self("Transaction") },
    begin_nested: { returns: self("Savepoint") },
    // A commit writes what is pending first, as one transaction.
    commit: { effects: [{ does: "commits" }] },
    rollback: { effects: [{ does: "rolls back" }] },
    close: { effects: [{ does: "releases", resets: true }] },
    run_sync: { calls: [{ callback: { argument: 0 }, with: ["Session"] }] },
    __enter__: { effects: [{ does: "connects" }], returns: self(type) },
    __aenter__: { effects: [{ does: "connects" }], returns: self(type) },
  },
  dispose: { effects: [{ does: "releases", resets: true }] },
});

const newSession = (type: string): Member => ({
  effects: [{ does: "acquires", from: { argument: 0, keyword: "bind" } }],
  returns: type,
});

/** `SessionLocal = sessionmaker(engine)`: a factory of sessions of that engine. */
const factory = (type: string, of: string): TypeDescriptor => ({
  role: "pool",
  new: { effects: [{ does: "wraps", handle: { argument: 0, keyword: "bind" } }], returns: type },
  call: { effects: [{ does: "acquires" }], returns: of },
  members: {
    begin: { effects: [{ does: "begins", handle: "result" }], returns: `Begun${of}` },
    configure: {},
  },
});

/** A session for each thread or task, made when it is first used: it is given back by `remove`, by whoever knows when. */
const registry = (type: string, of: string): TypeDescriptor => ({
  role: "query",
  extends: of,
  new: { effects: [{ does: "wraps", handle: { argument: 0, keyword: "session_factory" } }], returns: type },
  call: { returns: self(of) },
  members: { remove: {}, close: {}, configure: {} },
});

/** Classes that are handed over as `poolclass`. */
export const poolClasses = [
  "NullPool",
  "QueuePool",
  "AsyncAdaptedQueuePool",
  "FallbackAsyncAdaptedQueuePool",
  "StaticPool",
  "SingletonThreadPool",
  "AssertionPool",
] as const;

/** Values of SQLAlchemy 1.3 to 2.1. */
export const sqlalchemyTypes: Readonly<Record<string, TypeDescriptor>> = {
  create_engine: { role: "value", call: opens("Engine") },
  create_async_engine: { role: "value", call: opens("AsyncEngine") },
  /** The options stand in a dictionary under a prefix (Alembic's `config.get_section()`); keywords go before them. */
  engine_from_config: {
    role: "value",
    call: { effects: [{ does: "opens", options: "keywords", settings: 0 }], returns: "Engine" },
  },
  async_engine_from_config: {
    role: "value",
    call: { effects: [{ does: "opens", options: "keywords", settings: 0 }], returns: "AsyncEngine" },
  },
  ...Object.fromEntries(poolClasses.map((name) => [name, { role: "value", names: [] }])),
  Engine: engine(false),
  AsyncEngine: engine(true),
  Connection: connection("Connection", "Transaction"),
  AsyncConnection: connection("AsyncConnection", "Transaction"),
  BegunConnection: begun("Connection"),
  BegunAsyncConnection: begun("AsyncConnection"),
  /** The driver's own connection, out of the engine's pool. */
  RawConnection: {
    role: "session",
    members: {
      cursor: { returns: self("RawCursor") },
      commit: { effects: [{ does: "commits" }] },
      rollback: { effects: [{ does: "rolls back" }] },
      close: { effects: [{ does: "releases", resets: true }] },
    },
    dispose: { effects: [{ does: "releases", resets: true }] },
  },
  RawCursor: {
    role: "query",
    members: {
      execute: statement,
      executemany: statement,
      close: {},
      __enter__: { effects: [{ does: "connects" }], returns: self("RawCursor") },
    },
    dispose: {},
  },
  Transaction: { ...transaction, names: ["RootTransaction", "SessionTransaction", "AsyncTransaction"] },
  Savepoint: {
    role: "session",
    names: ["NestedTransaction"],
    members: {
      commit: {},
      rollback: {},
      __enter__: { effects: [{ does: "connects" }], returns: self("Savepoint") },
      __aenter__: { effects: [{ does: "connects" }], returns: self("Savepoint") },
    },
    dispose: {},
  },
  Session: { ...session("Session", "Connection"), new: newSession("Session") },
  AsyncSession: { ...session("AsyncSession", "AsyncConnection"), new: newSession("AsyncSession") },
  BegunSession: begun("Session"),
  BegunAsyncSession: begun("AsyncSession"),
  sessionmaker: factory("sessionmaker", "Session"),
  async_sessionmaker: factory("async_sessionmaker", "AsyncSession"),
  scoped_session: registry("scoped_session", "Session"),
  async_scoped_session: registry("async_scoped_session", "AsyncSession"),
  /** Sent when it is iterated or one of these is called. */
  Query: {
    role: "query",
    members: {
      all: object,
      first: object,
      one: object,
      one_or_none: object,
      scalar: object,
      count: object,
      get: object,
      update: object,
      delete: object,
    },
    anyMember: { returns: self("Query") },
  },
  text: {
    role: "value",
    call: { effects: [{ does: "builds SQL", text: { argument: 0, keyword: "text" } }], returns: "TextClause" },
  },
  TextClause: {
    role: "sql",
    anyMember: { returns: self("TextClause") },
  },
};
