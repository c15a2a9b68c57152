import type { CallInstruction } from "../core/facts.ts";
import type { Frame } from "./inside-origins.ts";
import type { Use } from "./inside-uses.ts";
import type { FunctionNode } from "./program.ts";
import type { Link } from "./regions.ts";

/** A call on the way, as the way calls its function. */
export interface Step extends Link {
  readonly frame: Frame;
}

/** Something that a function does with a connection, on one way of calls. */
export interface Deed {
  readonly frame: Frame;
  readonly call: CallInstruction;
  readonly use: Use;
  /** The calls that lead to it, from where the scan began. */
  readonly via: readonly Step[];
  /** The functions that it is reached through, from where the scan began to the one that it stands in. */
  readonly through: readonly FunctionNode[];
  /** On the way out of an exception alone. */
  readonly failing: boolean;
}

/** Several uses of handles that are started before the first is done. */
export interface Bundle {
  readonly frame: Frame;
  /** The `Promise.all`. */
  readonly call: CallInstruction;
  /** What its elements run on: each with what one element does, in order. */
  readonly elements: readonly (readonly Deed[])[];
  /** Some element stands for any number of them. */
  readonly many: boolean;
  readonly via: readonly Step[];
  readonly through: readonly FunctionNode[];
}

/** Work on handles that nobody waits for. */
export interface Stray {
  readonly frame: Frame;
  readonly call: CallInstruction;
  /** What runs on: the call itself, or what it leads to. */
  readonly deeds: readonly Deed[];
  readonly how: "call" | "forEach";
  readonly via: readonly Step[];
  readonly through: readonly FunctionNode[];
}

export interface Scan {
  readonly deeds: readonly Deed[];
  readonly bundles: readonly Bundle[];
  readonly strays: readonly Stray[];
  /** How many functions one below the other were looked at. */
  readonly height: number;
  /** Nothing was left out because it is too far away: from nearer by it looks the same. */
  readonly whole: boolean;
}

export interface Growing {
  readonly deeds: Deed[];
  readonly bundles: Bundle[];
  readonly strays: Stray[];
  height: number;
  whole: boolean;
}

/** How many functions one below the other are looked at, and how much one of them is asked for. */
export const maximumDepth = 6;
export const maximumDeeds = 200;

export const tooFar: Scan = { deeds: [], bundles: [], strays: [], height: 0, whole: false };

export type Way = Pick<Deed, "via" | "through">;

/** Ways multiply where functions call each other to and fro: from a number on, more of them tell nothing new. */
export function add<T>(to: T[], one: T): void {
  if (to.length < maximumDeeds) to.push(one);
}

/** Without what comes by way of a function. */
export function without(scan: Scan, each: FunctionNode): Scan {
  const isOther = ({ through }: Way): boolean => !through.includes(each);
  return {
    ...scan,
    deeds: scan.deeds.filter(isOther),
    bundles: scan.bundles
      .filter(isOther)
      .map((bundle) => ({ ...bundle, elements: bundle.elements.map((deeds) => deeds.filter(isOther)) })),
    strays: scan.strays.filter(isOther).flatMap((stray) => {
      const deeds = stray.deeds.filter(isOther);
      return deeds.length > 0 ? [{ ...stray, deeds }] : [];
    }),
  };
}

/** What nobody waits for, with the way to it. */
export const deedsOfStray = ({ deeds, through }: Stray): readonly Deed[] =>
  deeds.map((deed) => ({ ...deed, through: [...through, ...deed.through] }));
