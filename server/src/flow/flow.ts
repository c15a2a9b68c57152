import type { Driver, ExportDescriptor } from "../core/driver.ts";
import type { Cell, Derived, Reader } from "./cells.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import type { Interner, Values } from "./values.ts";

/** Where an import leads. The same as the front end's resolver gives. */
export type Resolution =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "package"; readonly name: string }
  | { readonly kind: "missing" };

export interface DriverModule {
  readonly driver: Driver;
  readonly exports: Readonly<Record<string, ExportDescriptor>>;
}

export interface Surroundings {
  readonly files: ReadonlyMap<string, FileNode>;
  resolve(from: string, specifier: string): Resolution;
  /** The drivers that describe a module, with what it exports for each. */
  driverModules(specifier: string, language: Driver["language"]): readonly DriverModule[];
  /** Whether a package is known to do work outside the database. */
  isExternal(specifier: string): boolean;
}

/** What lets values flow: the parts that know types, modules, fields and calls stand on it, and on nothing of each other's insides. */
export interface Flow {
  readonly interner: Interner;
  readonly around: Surroundings;
  /** What a cell holds; the reader is evaluated again when that grows. */
  read(cell: Cell, reader: FunctionNode): Values;
  /** Whom to tell of what is read on behalf of a function. */
  reading(reader: FunctionNode): Reader;
  /** Whatever is read in the meantime is read by `what`. */
  gather<T>(what: Derived, collect: () => T): T;
  /** Puts values in a cell on behalf of the function that is being evaluated. */
  grow(cell: Cell, values: Values): void;
  enqueue(each: FunctionNode): void;
  /** Whoever read a cell has to look again: there is more to it than what it holds. */
  wake(cell: Cell): void;
  /** Tells what the function that is being evaluated does to a value that others see, other than putting something in a cell. */
  note(to: object, what: unknown): void;
}
