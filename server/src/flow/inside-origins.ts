import type { Driver } from "../core/driver.ts";
import type { Constant, VariableId } from "../core/facts.ts";
import type { DriverCall } from "./calls.ts";
import type { FunctionNode } from "./program.ts";
import type { HandleValue, Value } from "./values.ts";

/** What a register holds on one way of calls, in as much as it matters to a transaction. */
export type Origin =
  /** `of`: the pool, session or transaction that the handle is, or is a view of. */
  | { readonly kind: "handle"; readonly handle: HandleValue; readonly of: HandleValue }
  /** Whatever a model's class was bound to. */
  | { readonly kind: "bound"; readonly driver: Driver }
  /** `undefined`, `null`, or an argument that was not given. */
  | { readonly kind: "none" }
  | { readonly kind: "constant"; readonly value: Constant }
  /** A function, with the frame that it was written in where that is on the way. */
  | { readonly kind: "closure"; readonly function: FunctionNode; readonly frame?: Frame }
  /** An object literal. */
  | { readonly kind: "object"; readonly frame: Frame; readonly register: number }
  /** Certainly no handle, and something. `row`: what a statement found, if it found anything. */
  | { readonly kind: "thing"; readonly row?: true }
  | { readonly kind: "unknown" };

export type Origins = readonly Origin[];

/**
 * A function as it is called on one way: what its parameters are given there. Value flow keeps together what all callers hand over;
 * here `client ?? pool` is the client where the caller hands one over, and the pool where it does not.
 */
export interface Frame {
  readonly each: FunctionNode;
  /** The frame of the function that it is written in. */
  readonly outer?: Frame;
  /** What the parameters are given; absent where nothing is known of the call. */
  readonly given?: ReadonlyMap<VariableId, Origins>;
  /** Tells frames apart: the same function, called with the same, is one frame. */
  readonly id: number;
  readonly depth: number;
}

export const isNoPool = (origin: Origin): boolean =>
  origin.kind === "unknown" || (origin.kind === "handle" && origin.handle.descriptor.role !== "pool");

/** Awaiting a query yields rows. */
export const isBuilder = (origin: Origin): boolean =>
  origin.kind === "handle" &&
  origin.handle.descriptor.role === "query" &&
  origin.handle.descriptor.anyMember !== undefined;

export const row: Origin = { kind: "thing", row: true };

/** Whether it may or may not be there: unknown, or what a statement found. */
export const isOpen = (origin: Origin): boolean =>
  origin.kind === "unknown" ||
  (origin.kind === "thing" && origin.row === true) ||
  (origin.kind === "handle" && origin.handle.descriptor.role === "value" && origin.handle.site.kind === "derived");

export const whole = (handle: HandleValue): Origin => ({ kind: "handle", handle, of: handle });

export function originOf(value: Value): Origin {
  switch (value.kind) {
    case "handle":
      return whole(value);
    case "instance":
      return value.class.base === undefined ? { kind: "thing" } : whole(value.class.base);
    case "constant":
      return value.value === undefined || value.value === null
        ? { kind: "none" }
        : { kind: "constant", value: value.value };
    case "closure":
      return { kind: "closure", function: value.function };
    case "class":
    case "driver class":
    case "module":
    case "namespace":
    case "text":
      return { kind: "thing" };
    case "member":
      return value.receiver === undefined ? { kind: "thing" } : whole(value.receiver);
    case "object":
    case "typed":
    case "external":
    case "environment":
    case "global":
      return { kind: "unknown" };
  }
}

/** Whether two sides are certainly the same constant, or certainly two. */
export function sameConstant([left, right]: readonly [Origins, Origins]): boolean | undefined {
  const [one, other] = [left[0], right[0]];
  if (left.length !== 1 || right.length !== 1 || one?.kind !== "constant" || other?.kind !== "constant")
    return undefined;
  return one.value === other.value;
}

export function truthOf(origins: Origins): boolean | undefined {
  if (origins.length === 0) return undefined;
  const truths = new Set(
    origins.map((origin) => {
      if (origin.kind === "none") return false;
      if (isOpen(origin)) return undefined;
      return origin.kind === "constant" ? Boolean(origin.value) : true;
    }),
  );
  return truths.size === 1 ? [...truths][0] : undefined;
}

/** Whether something is certainly `undefined` or `null`, or certainly not. */
export function isAbsent(origins: Origins): boolean | undefined {
  if (origins.length === 0 || origins.some(isOpen)) return undefined;
  const absent = origins.filter((origin) => origin.kind === "none").length;
  return absent === origins.length ? true : absent === 0 ? false : undefined;
}

export function distinct(origins: Origins): Origins {
  if (origins.length <= 1) return origins;
  return [...new Map(origins.map((origin) => [keyOf([origin]), origin])).values()];
}

export function keyOf(origins: Origins): string {
  return origins
    .map((origin) => {
      switch (origin.kind) {
        case "handle":
          return `h${origin.handle.site.id}${origin.handle.type}${origin.of.type}`;
        case "closure":
          return `f${origin.function.index}<${origin.frame?.id ?? ""}`;
        case "object":
          return `o${origin.register}<${origin.frame.id}`;
        case "constant":
          return `c${typeof origin.value}${String(origin.value).slice(0, 40)}`;
        case "thing":
          return origin.row === true ? "row" : "thing";
        default:
          return origin.kind;
      }
    })
    .sort()
    .join("|");
}

export interface Reach {
  readonly blocks: ReadonlySet<number>;
  /** Reached by way of an exception alone. */
  readonly failing: ReadonlySet<number>;
}

/** Of the calls that value flow sees in one place, those on what this way has as the receiver. */
export function relevantOf(calls: readonly DriverCall[], receivers: Origins): readonly DriverCall[] {
  if (calls.length <= 1) return calls;
  const own = calls.filter((one) =>
    receivers.some((origin) => origin.kind === "handle" && one.receiver?.site === origin.handle.site),
  );
  return own.length > 0 ? own : calls.slice(0, 1);
}
