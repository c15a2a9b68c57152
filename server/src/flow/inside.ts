import type { CallInstruction, VariableId } from "../core/facts.ts";
import type { ConcurrentUse, FloatingUse, HandleInScope, OuterUse } from "../core/model.ts";
import { nameOf } from "./call-name.ts";
import type { Databases } from "./databases.ts";
import { askerOf } from "./inside-asker.ts";
import type { Frame, Origin } from "./inside-origins.ts";
import { handlesOf, Scanner } from "./inside-scan.ts";
import { unawaited } from "./inside-unawaited.ts";
import { fateOf, standingOf, usesOf } from "./inside-uses.ts";
import type { Bundle, Deed, Stray } from "./inside-ways.ts";
import { anchorOf, isInjected, namesTransaction, remembers } from "./inside-written.ts";
import { placeKey } from "./places.ts";
import type { FunctionNode } from "./program.ts";
import { isInRegion, type Part, type Region, stepsTo } from "./regions.ts";
import type { HandleValue } from "./values.ts";

/** What code does inside a transaction that it should not: on other connections, all at once, or without anybody waiting. */
export interface Inside {
  readonly outer: readonly OuterUse[];
  readonly concurrent: readonly ConcurrentUse[];
  readonly floating: readonly FloatingUse[];
}

type Handle = Origin & { readonly kind: "handle" | "bound" };

/** What was found inside transactions, from one snapshot to the next. */
export interface KeptInside {
  known: ReadonlyMap<CallInstruction, KnownInside>;
  ambient: string;
}

interface KnownInside {
  readonly region: Region;
  readonly inside: Inside;
  readonly functions: readonly FunctionNode[];
}

export const noInside = (): KeptInside => ({ known: new Map(), ambient: "" });

/**
 * Puts into the transactions what the code inside them does. `fresh`: the functions whose paths, or those of the functions that they call, were
 * looked at again; what is inside the transactions of others is as it was.
 */
export function lookInside(
  regions: readonly Region[],
  databases: Databases,
  ambient: ReadonlySet<string>,
  kept: KeptInside,
  fresh: ReadonlySet<FunctionNode>,
): void {
  const insides = new Insides(databases, ambient);
  const key = [...ambient].sort().join(" ");
  const before = kept.ambient === key ? kept.known : new Map<CallInstruction, KnownInside>();
  const isFresh = (each: FunctionNode): boolean => fresh.has(each);
  const known = new Map<CallInstruction, KnownInside>();
  for (const region of regions) {
    const { call } = region.transaction;
    const last = before.get(call);
    // Nearly all, with every key: nothing is made for them.
    if (last?.region === region && !last.functions.some(isFresh)) {
      known.set(call, last);
      continue;
    }
    const functions = region.entries.flatMap(({ each, via }) => [each, ...via.map((link) => link.each)]);
    const isKept = last !== undefined && !functions.some(isFresh) && !last.functions.some(isFresh);
    const inside: Inside = isKept ? last.inside : isLookedInside(region) ? insides.of(region) : nothing;
    known.set(call, { region, inside, functions });
    Object.assign(region.transaction, inside);
  }
  kept.known = known;
  kept.ambient = key;
}

const nothing: Inside = { outer: [], concurrent: [], floating: [] };

/** A session that every function hands on is in a transaction nearly everywhere: only those that are made in sight are looked at. */
const isLookedInside = ({ transaction, root }: Region): boolean =>
  transaction.form !== "implicit" || root !== undefined;

/** Looks at all transactions of a workspace; functions that several of them call are looked at once. */
class Insides {
  private readonly scanner = new Scanner();

  constructor(
    private readonly databases: Databases,
    /** Libraries whose transactions are found without a handle (`Sequelize.useCLS`). */
    private readonly ambient: ReadonlySet<string>,
  ) {}

  of(region: Region): Inside {
    const outer = new Map<string, OuterUse>();
    const concurrent = new Map<string, ConcurrentUse>();
    const floating = new Map<string, FloatingUse>();
    for (const part of rootsOf(region)) {
      const scan = this.scanner.scan(this.scanner.frames.outermost(part.each), part.calls);
      for (const deed of scan.deeds) {
        const use = this.outer(region, deed, part);
        if (use !== undefined) keep(outer, use);
      }
      for (const bundle of scan.bundles) {
        const use = this.concurrent(region, bundle, part);
        if (use !== undefined) keep(concurrent, use);
      }
      for (const stray of scan.strays) {
        const use = this.stray(region, stray, part);
        if (use !== undefined) keep(floating, use);
      }
    }
    const own = unawaited(region);
    if (own !== undefined) keep(floating, own);
    return { outer: [...outer.values()], concurrent: [...concurrent.values()], floating: [...floating.values()] };
  }

  // ---- Other connections

  private outer(region: Region, deed: Deed, part: Part): OuterUse | undefined {
    const { frame, call, use, via, failing } = deed;
    const { does } = use;
    // What a handler of errors writes is meant to outlive the transaction.
    if (failing || (does !== "statement" && does !== "checkout" && does !== "transaction")) return undefined;
    const handles = handlesOf(use.on);
    const [first] = handles ?? [];
    if (handles === undefined || first === undefined) return undefined;
    if (!handles.every((handle) => this.isOutside(region, handle, frame, call))) return undefined;
    const ways = [...part.via, ...via];
    // The transaction's own code knows that it is in one.
    const entered = ways.length > 0 ? [...via.slice(1).map((way) => way.frame), frame] : [];
    if (entered.some((way) => this.asksForTransaction(way) || remembers(way.each))) return undefined;
    const standing = first.kind === "bound" ? "bound" : standingOf(first.of);
    const found = {
      driver: use.one.driver,
      does,
      through:
        standing === "session" ? ("session" as const) : standing === "bound" ? ("model" as const) : ("pool" as const),
    };
    const asker = askerOf(deed);
    if (asker !== undefined) {
      // `db.query(text)` of the project's own: what is wrong is said where it is called.
      const { each } = asker;
      return {
        ...found,
        place: placeOf(each, asker.call),
        call: asker.call,
        function: each.facts.id,
        what: nameOf(each, asker.call),
        chain: stepsTo(ways.slice(0, ways.indexOf(asker))),
      };
    }
    const written = first.kind === "bound" ? undefined : anchorOf(frame, call, first.of);
    const instead = this.inScope(region, frame);
    const [only] = via;
    const hop =
      instead === undefined && only !== undefined && ways.length === 1 ? this.inScope(region, only.frame) : undefined;
    return {
      ...found,
      place: placeOf(frame.each, call),
      call,
      function: frame.each.facts.id,
      what: nameOf(frame.each, call),
      chain: stepsTo(ways),
      ...(written === undefined ? {} : { handle: written }),
      ...(instead === undefined ? {} : { instead }),
      ...(hop === undefined || only === undefined
        ? {}
        : {
            hop: { ...placeOf(only.each, only.call), call: only.call, handle: hop, ...this.takes(region, deed, hop) },
          }),
    };
  }

  /** The parameter that the way leaves out, and that the function would use instead. */
  private takes(region: Region, { frame, call }: Deed, { name }: HandleInScope): { readonly parameter?: number } {
    const { frames } = this.scanner;
    const { each, given, outer } = frame;
    const [site] = region.sites;
    const handle = site === undefined ? undefined : this.held.get(name + site.id);
    if (given === undefined || handle === undefined) return {};
    const parameter = each.facts.parameters.findIndex(({ variable, rest }) => {
      if (rest || given.get(variable)?.every(({ kind }) => kind === "none") !== true) return false;
      const whole: Origin = { kind: "handle", handle, of: handle };
      const filled = frames.frame(each, outer, new Map([...given, [variable, [whole]]]));
      const uses = usesOf(frames, filled, call);
      return (
        uses.length > 0 &&
        uses.every((use) => handlesOf(use.on)?.every((one) => one.kind === "handle" && region.sites.has(one.of.site)))
      );
    });
    return parameter < 0 ? {} : { parameter };
  }

  private readonly held = new Map<string, HandleValue>();

  private isOutside(region: Region, origin: Handle, frame: Frame, call: CallInstruction): boolean {
    const { root } = region;
    const { driver } = region.transaction;
    if (root === undefined) return false;
    if (origin.kind === "bound")
      return !this.findsTransaction(region, origin.driver.name) && this.databases.bound(origin.driver, root);
    const { of: handle } = origin;
    if (region.sites.has(handle.site)) return false;
    switch (standingOf(handle)) {
      case "pool":
        if (this.findsTransaction(region, handle.driver.name) && !isForkOf(handle, region)) return false;
        // BEGIN on the pool itself is another fault.
        return region.transaction.on !== "pool" && this.databases.same(handle, root);
      case "bound":
        return !this.findsTransaction(region, handle.driver.name) && this.databases.bound(handle.driver, root);
      case "session":
        return (
          region.sites.size > 0 &&
          handle.site.kind === "acquires" &&
          handle.site.parent !== undefined &&
          handle.site.call !== call &&
          !isInRegion(region, handle) &&
          driver === handle.driver &&
          handle.site.function?.facts.id === region.transaction.function &&
          handle.site.function.file.path === region.transaction.place.path &&
          !isWithin(handle.site.call, region) &&
          this.databases.same(handle.site.parent, root)
        );
      default:
        return (
          isInjected(frame.each, call, handle) &&
          !this.findsTransaction(region, handle.driver.name) &&
          this.databases.same(handle, root)
        );
    }
  }

  /** Whether handles of a library find the region's transaction by themselves. */
  private findsTransaction(region: Region, driver: string): boolean {
    return driver === region.transaction.driver.name && (region.ambient !== undefined || this.ambient.has(driver));
  }

  /**
   * Whether a function finds out by itself whether it is in a transaction: it asks an AsyncLocalStorage, or decides by something that is
   * named like one and that this way does not decide. What it then does on the pool it does on purpose.
   */
  private asksForTransaction(frame: Frame): boolean {
    const known = this.asking.get(frame);
    if (known !== undefined) return known;
    const { each } = frame;
    const found =
      [...each.calls.keys()].some(({ property }) => property === "getStore") ||
      each.facts.blocks.some(
        ({ end }) =>
          end.kind === "branch" &&
          namesTransaction(each, end.test, 0) &&
          this.scanner.frames.truth(frame, end.test) === undefined,
      );
    this.asking.set(frame, found);
    return found;
  }

  private readonly asking = new WeakMap<Frame, boolean>();

  // ---- All at once

  private concurrent(region: Region, bundle: Bundle, part: Part): ConcurrentUse | undefined {
    const { frame, call } = bundle;
    const own = bundle.elements
      .map((deeds) => deeds.filter((deed) => deed.use.does !== "checkout" && isOwn(region, deed)))
      .filter((deeds) => deeds.length > 0);
    if (own.length < 2 && !(bundle.many && own.length > 0)) return undefined;
    const ways = [...part.via, ...bundle.via];
    return {
      place: placeOf(frame.each, call),
      call,
      function: frame.each.facts.id,
      what: nameOf(frame.each, call),
      driver: region.transaction.driver,
      // Each element is one statement that the library has at once, and can send behind the others.
      single: own.every((deeds) => deeds.length === 1),
      uses: own
        .flat()
        .slice(0, 4)
        .map((deed) => placeOf(deed.frame.each, deed.call)),
      chain: stepsTo(ways),
    };
  }

  // ---- Nobody waits

  private stray(region: Region, stray: Stray, part: Part): FloatingUse | undefined {
    const { frame, call, how, via } = stray;
    const own = stray.deeds.filter((deed) => isOwn(region, deed));
    const [first] = own;
    if (first === undefined) return undefined;
    const { form, driver } = region.transaction;
    const isDirect = first.call === call;
    const does = isDirect ? first.use.does : "work";
    const ends = does === "commit" || does === "rollback";
    // A callback form settles the transaction itself; ROLLBACK whose failure is swallowed is a last resort.
    if (ends && (form === "callback" || (does === "rollback" && fateOf(frame.each, call).caught))) return undefined;
    if (does === "checkout" || does === "begin") return undefined;
    const isCallback = region.entries.some((entry) => entry.each === frame.each && entry.calls === undefined);
    // In old code without `async`, who waits for what is told by callbacks and chains.
    if (!frame.each.facts.async && how === "call" && !(isCallback && form === "callback" && driver.name !== "knex"))
      return undefined;
    const ways = [...part.via, ...via];
    const isUnsent = isDirect && first.use.lazy && !fateOf(frame.each, call).continued && call.use === "dropped";
    const lazy =
      isUnsent || driver.language === "python" ? (first.use.one.result?.descriptor.sentBy ?? "await") : undefined;
    return {
      place: placeOf(frame.each, call),
      call,
      function: frame.each.facts.id,
      what: nameOf(frame.each, call),
      does: ends ? does : isDirect ? "statement" : "work",
      how,
      ...(lazy === undefined ? {} : { lazy }),
      uses: isDirect ? [] : own.slice(0, 3).map((deed) => placeOf(deed.frame.each, deed.call)),
      chain: stepsTo(ways),
    };
  }

  // ---- The transaction's handle

  /** A variable in scope that certainly holds the transaction's handle. */
  private inScope(region: Region, frame: Frame): OuterUse["instead"] {
    const hidden = new Set<string>();
    for (let at: Frame | undefined = frame; at !== undefined; at = at.outer) {
      const { each } = at;
      const names: string[] = [];
      const own = [...each.file.facts.variables.entries()].filter(([, one]) => one.function === each.facts.id);
      // In the order of the text: numbers say nothing of it.
      for (const [id, variable] of own.sort(([, a], [, b]) => a.span.start - b.span.start)) {
        if (["temporary", "type", "unused"].includes(variable.kind)) continue;
        names.push(variable.name);
        if (hidden.has(variable.name) || !(variable.kind === "parameter" || variable.kind === "const")) continue;
        const handle = this.holds(region, at, id);
        if (handle === undefined) continue;
        const parameter = each.facts.parameters.find((one) => one.variable === id);
        this.held.set(variable.name + handle.site.id, handle);
        const isRegions = region.entries.some((entry) => entry.each === each);
        return {
          name: variable.name,
          type: handle.type,
          driver: handle.driver,
          certain: parameter === undefined || isRegions || !parameter.optional,
        };
      }
      for (const name of names) hidden.add(name);
    }
    return undefined;
  }

  private holds(region: Region, frame: Frame, id: VariableId): HandleValue | undefined {
    const origins = this.scanner.frames.held(frame, id);
    const [first] = origins;
    if (first?.kind !== "handle") return undefined;
    const isAll = origins.every((origin) => origin.kind === "handle" && region.sites.has(origin.of.site));
    const { role } = first.handle.descriptor;
    return isAll && (role === "transaction" || role === "session" || role === "pool") ? first.handle : undefined;
  }
}

/** Parts to begin with: what a call of another part leads to is found from there. */
function rootsOf(region: Region): readonly Part[] {
  const calls = new Set<CallInstruction>();
  for (const part of region.entries) for (const call of part.calls ?? part.each.calls.keys()) calls.add(call);
  return region.entries.filter(({ via }) => {
    const last = via.at(-1);
    return last === undefined || !calls.has(last.call);
  });
}

const keep = <
  T extends {
    readonly place: { readonly path: string; readonly span: { readonly start: number; readonly end: number } };
  },
>(
  into: Map<string, T>,
  use: T,
): void => {
  const key = `${placeKey(use.place)}-${use.place.span.end}`;
  if (!into.has(key)) into.set(key, use);
};

const placeOf = (each: FunctionNode, call: CallInstruction) => ({ path: each.file.path, span: call.span });

/** Whether what a deed runs on is certainly the region's own connection. */
function isOwn(region: Region, { use }: Deed): boolean {
  const handles = handlesOf(use.on);
  if (handles === undefined) return false;
  return handles.every((origin) => {
    if (origin.kind !== "handle") return false;
    const standing = standingOf(origin.of);
    if (region.sites.has(origin.of.site)) return true;
    return (standing === "transaction" || standing === "session") && isInRegion(region, origin.of);
  });
}

/** `em.fork()` inside the transaction: a manager of its own. */
const isForkOf = (handle: HandleValue, region: Region): boolean =>
  handle.site.kind === "derived" &&
  handle.site.call?.property === "fork" &&
  handle.site !== region.root?.site &&
  isWithin(handle.site.call, region);

const isWithin = (call: CallInstruction | undefined, { entries }: Region): boolean =>
  call !== undefined &&
  entries.some(({ each, calls }) => (calls === undefined ? each.calls.has(call) : calls.has(call)));
