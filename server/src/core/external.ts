import type { ExternalWait } from "./model.ts";

/**
 * Work outside the database that a transaction should not wait for, as data. A descriptor speaks of everything that comes out of its
 * modules: exports, what they return, instances of their classes, values declared with their types, and members of all these.
 */
export interface ExternalDescriptor {
  /** Package specifiers; one may end in `/*`. Node's own modules stand here without `node:`. Empty: global names. */
  readonly modules: readonly string[];
  readonly kind: ExternalWait["kind"];
  /**
   * The calls that wait once their promise is awaited, by the last name in the chain (`sendMail`, or the export itself, `default` for a
   * default export that is called). `"anything"`: every call.
   */
  readonly waits: "anything" | readonly string[];
  /** Calls that do no such work although `waits` is "anything". */
  readonly except?: readonly string[];
  /** Calls that do the work and then call back: they wait where the callback settles a promise that is awaited, or once promisified. */
  readonly callbacks?: readonly string[];
  /** Calls that do the work before they return. */
  readonly blocks?: readonly string[];
  /** Classes of what the work gives: a value that is declared as one is there already. */
  readonly answers?: readonly string[];
}

/** A function that waits for what it is handed: it does no work itself. */
export interface CarrierDescriptor {
  readonly modules: readonly string[];
  /** Exports or members; `default` for the module's default export or what it returns when called. */
  readonly names: readonly string[];
  /** `promise`: waits for its first argument. `callback`: calls its function arguments and waits for them. */
  readonly carries: "promise" | "callback";
}
