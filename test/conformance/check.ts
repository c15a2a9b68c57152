import { ts } from "ts-morph";
import type {
  Driver,
  Effect,
  ExportDescriptor,
  Guard,
  Member,
  Returned,
  Signature,
  Slot,
  TypeDescriptor,
  TypeName,
} from "../../server/src/core/driver.ts";
import type { Types } from "./program.ts";
import type { Subject } from "./subjects.ts";

/** What a check of one driver needs to know: the expressions come first, so that all drivers share one program. */
export interface Plan {
  readonly driver: Driver;
  readonly subject: Subject;
  /** By type name: the type expressions of its instances, any of which may have a member. */
  readonly instances: ReadonlyMap<TypeName, readonly string[]>;
  /** By type name: the type expressions of its class. */
  readonly classes: ReadonlyMap<TypeName, readonly string[]>;
  /** Exported names and annotation names that have to exist: any of the expressions. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly expressions: readonly string[];
}

/** Lists the type expressions that a driver's descriptor speaks of. `skip`: descriptors of shared values that were checked at home. */
export function plan(driver: Driver, subject: Subject, skip: ReadonlySet<TypeDescriptor>): Plan {
  const specifiers = Object.keys(driver.modules).flatMap((each) => subject.modules?.[each]?.specifiers ?? [each]);
  const names = new Map<string, readonly string[]>();
  const classes = new Map<TypeName, string[]>();
  const exported = (specifier: string, path: string, descriptor: ExportDescriptor) => {
    if ("namespace" in descriptor) {
      for (const name of Object.keys(descriptor.namespace)) {
        names.set(`${specifier}${path}.${name}`, [
          `NonNullable<typeof import("${specifier}")${indexed(path)}>["${name}"]`,
        ]);
      }
      return;
    }
    const value = `typeof import("${specifier}")${path === ".=" ? "" : indexed(path)}`;
    const choices = path === ".default" ? [value, `typeof import("${specifier}")`] : [value];
    names.set(`${specifier}${path}`, choices);
    if ("class" in descriptor) classes.set(descriptor.class, [...(classes.get(descriptor.class) ?? []), ...choices]);
  };
  for (const [specifier, exports] of Object.entries(driver.modules)) {
    const module = subject.modules?.[specifier];
    if (module?.unchecked !== undefined) continue;
    for (const actual of module?.specifiers ?? [specifier]) {
      for (const [name, descriptor] of Object.entries(exports)) {
        if (module?.dropped?.[name] === undefined) exported(actual, `.${name}`, descriptor);
      }
    }
  }
  const instances = new Map<TypeName, readonly string[]>();
  for (const [name, type] of Object.entries(driver.types)) {
    if (skip.has(type)) continue;
    const given = subject.types?.[name];
    if (given !== undefined && typeof given === "object" && "unchecked" in given) continue;
    const inModules = (each: string) => specifiers.map((specifier) => `import("${specifier}").${each}`);
    const annotations = type.names ?? (given === undefined ? [name] : []);
    for (const each of annotations) {
      if (subject.dropped?.[each] === undefined) names.set(`type ${each}`, inModules(each).flatMap(generic));
    }
    const expressions = given === undefined ? annotations.flatMap(inModules).flatMap(generic) : [given].flat();
    instances.set(name, expressions);
  }
  const options = Object.values(subject.options ?? {});
  return {
    driver,
    subject,
    instances,
    classes,
    names,
    expressions: [
      ...instances.values(),
      ...classes.values(),
      ...Object.values(subject.classes ?? {}),
      ...names.values(),
      options,
    ].flat(),
  };
}

const indexed = (path: string) => `["${path.slice(1)}"]`;

/** A type as it is, or with one to three type arguments: the names alone do not say. */
const generic = (expression: string) => ["", "<any>", "<any, any>", "<any, any, any>"].map((each) => expression + each);

/** What a descriptor says that the package's types do not; one line a fault. */
export function check({ driver, subject, instances, classes, names }: Plan, types: Types): readonly string[] {
  const { checker, location } = types;
  const faults: string[] = [];
  const resolve = (expressions: readonly string[] | undefined) => (expressions ?? []).flatMap(types.of);
  const propertyType = (symbol: ts.Symbol) =>
    checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(symbol, location));
  const parts = (type: ts.Type): readonly ts.Type[] => (type.isUnion() ? type.types.flatMap(parts) : [type]);
  const property = (type: ts.Type, name: string): ts.Type | undefined => {
    for (const part of parts(checker.getNonNullableType(checker.getApparentType(type)))) {
      const symbol = checker.getPropertyOfType(checker.getApparentType(part), name);
      if (symbol !== undefined) return propertyType(symbol);
    }
    return undefined;
  };
  const callable = (type: ts.Type, kind = ts.SignatureKind.Call) =>
    parts(checker.getApparentType(type)).flatMap((part) => checker.getSignaturesOfType(part, kind));

  /** The types that the argument with this index may have in one signature. */
  const argument = (signature: ts.Signature, index: number | "last"): readonly ts.Type[] => {
    const parameters = signature.parameters;
    const lastIndex = parameters.length - 1;
    const found: ts.Type[] = [];
    const at = index === "last" ? parameters.map((_, each) => each) : [Math.min(index, lastIndex)];
    for (const each of at) {
      const parameter = parameters[each];
      if (parameter === undefined) continue;
      const type = checker.getTypeOfSymbolAtLocation(parameter, location);
      const declaration = parameter.valueDeclaration;
      const rest = declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
      if (!rest) {
        if (index === "last" || each === index) found.push(type);
        continue;
      }
      for (const part of parts(type)) {
        if (checker.isTupleType(part)) {
          const elements = checker.getTypeArguments(part as ts.TypeReference);
          if (index === "last") found.push(...elements);
          else if (elements[index - each] !== undefined) found.push(elements[index - each]!);
        } else {
          const element = checker.getIndexTypeOfType(part, ts.IndexKind.Number);
          found.push(...(element === undefined ? [part] : [element]));
        }
      }
    }
    return found;
  };
  /** Depends on the call's own type arguments. */
  const deferred = (type: ts.Type) =>
    (type.flags & (ts.TypeFlags.TypeParameter | ts.TypeFlags.IndexedAccess | ts.TypeFlags.Conditional)) !== 0;
  /** Says nothing of itself: `any`, a parameter without a bound, `Function`. */
  const opaque = (type: ts.Type): boolean => {
    if (deferred(type)) {
      const bound = checker.getBaseConstraintOfType(type);
      return bound === undefined || bound === type || opaque(bound);
    }
    return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0 || type.symbol?.name === "Function";
  };

  const checkSlot = (where: string, slot: Slot, signatures: readonly ts.Signature[]) => {
    if (typeof slot !== "object") return;
    const index = slot.argument;
    const candidates = signatures.flatMap((signature) =>
      index === "any"
        ? signature.parameters.flatMap((_, each) => argument(signature, each))
        : argument(signature, index),
    );
    if (candidates.length === 0) {
      faults.push(`${where}: no signature has argument ${index}`);
    } else if (
      "property" in slot &&
      !candidates.some((type) => opaque(type) || path(type, slot.property.split("."), true))
    ) {
      faults.push(`${where}: argument ${index} has no property \`${slot.property}\``);
    }
  };
  /** `bags`: a type that allows any name has this one too. */
  const path = (type: ts.Type, names: readonly string[], bags = false): boolean => {
    const [name, ...others] = names;
    if (name === undefined || opaque(type)) return true;
    return parts(checker.getNonNullableType(checker.getApparentType(type))).some((part) => {
      const inner = property(part, name);
      if (inner !== undefined) return path(inner, others, bags);
      if (bags && checker.getIndexTypeOfType(part, ts.IndexKind.String) !== undefined) return true;
      // A function that yields the options (`connection: () => config`).
      return callable(part).some((signature) => {
        const yielded = checker.getAwaitedType(signature.getReturnType());
        const found = yielded === undefined ? undefined : property(yielded, name);
        return found !== undefined && path(found, others);
      });
    });
  };

  const checkCallback = (where: string, slot: Slot, count: number, signatures: readonly ts.Signature[]) => {
    if (typeof slot !== "object" || slot.argument === "any") return;
    const index = slot.argument;
    const functions = signatures
      .flatMap((signature) => argument(signature, index))
      .filter((type) => opaque(type) || callable(type).length > 0);
    if (functions.length === 0) {
      faults.push(`${where}: argument ${index} is never a function`);
    } else if (
      !functions.some(
        (type) => opaque(type) || callable(type).some((each) => each.parameters.length >= count || hasRest(each)),
      )
    ) {
      faults.push(`${where}: the callback does not take ${count} parameters`);
    }
  };
  const hasRest = (signature: ts.Signature) => {
    const declaration = signature.parameters.at(-1)?.valueDeclaration;
    return declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
  };

  /** Some signature's result, once awaited, has every member that the descriptor lists for the type it is said to return. */
  const checkReturns = (where: string, returns: TypeName | Returned, results: readonly ts.Type[]) => {
    const name = typeof returns === "string" ? returns : returns.type;
    const wanted = driver.types[name];
    if (wanted === undefined) {
      faults.push(`${where}: returns \`${name}\`, which is no type of the driver`);
      return;
    }
    const known = resolve(instances.get(name));
    const members = [...Object.keys(wanted.members ?? {}), ...Object.keys(wanted.properties ?? {})].filter((member) =>
      known.every((type) => property(type, member) !== undefined),
    );
    const awaited = results.flatMap((type) => [type, checker.getAwaitedType(type) ?? type]);
    if (awaited.some((type) => opaque(type) || deferred(type))) return;
    // A builder's steps differ: each has some of the members, or is the query itself.
    if (wanted.role === "query" && (wanted.anyMember !== undefined || awaited.some((type) => property(type, "then"))))
      return;
    const lacking = members.filter((member) => !awaited.some((type) => property(type, member) !== undefined));
    if (lacking.length > 0 || awaited.length === 0) {
      faults.push(
        `${where}: what it returns is no ${name}: it lacks ${lacking.map((each) => `\`${each}\``).join(", ")}`,
      );
    }
  };

  const checkMember = (where: string, member: Member, signatures: readonly ts.Signature[], constructed?: TypeName) => {
    if (signatures.length === 0) {
      faults.push(`${where}: cannot be called`);
      return;
    }
    for (const overload of overloads(member)) {
      for (const guard of guards(overload)) {
        const { argument: index, property: name } = guard;
        if (name !== undefined) checkSlot(where, { argument: index, property: name } as Slot, signatures);
        else if (guard.is !== "absent") checkSlot(where, { argument: index }, signatures);
      }
      for (const effect of overload.effects ?? []) {
        for (const slot of slots(effect)) checkSlot(where, slot, signatures);
        if ("callback" in effect) checkCallback(where, effect.callback, 0, signatures);
      }
      for (const { callback, with: values } of overload.calls ?? [])
        checkCallback(where, callback, values.length, signatures);
    }
    if (constructed !== undefined) return;
    if (subject.dropped?.[`returns ${where}`] !== undefined) return;
    const returning = overloads(member).flatMap(({ returns }) => returns ?? []);
    for (const returns of returning)
      checkReturns(
        where,
        returns,
        signatures.map((each) => each.getReturnType()),
      );
  };

  for (const [name, expressions] of names) {
    if (resolve(expressions).length === 0) faults.push(`${name}: ${types.trouble(expressions[0] ?? "")}`);
  }
  for (const [name, expressions] of instances) {
    const type = driver.types[name];
    if (type === undefined) continue;
    const found = resolve(expressions);
    if (found.length === 0) {
      faults.push(`${name}: ${types.trouble(expressions[0] ?? "")}`);
      continue;
    }
    const dropped = (member: string) => subject.dropped?.[`${name}.${member}`] !== undefined;
    for (const [member, descriptor] of Object.entries(type.members ?? {})) {
      if (dropped(member)) continue;
      const values = found.flatMap((each) => property(each, member) ?? []);
      if (values.length === 0) faults.push(`${name}.${member}: no such member`);
      else if (!values.some(opaque))
        checkMember(
          `${name}.${member}`,
          descriptor,
          values.flatMap((each) => callable(each)),
        );
    }
    for (const [member, value] of Object.entries(type.properties ?? {})) {
      if (dropped(member)) continue;
      const values = found.flatMap((each) => property(each, member) ?? []);
      if (values.length === 0) faults.push(`${name}.${member}: no such property`);
      else checkReturns(`${name}.${member}`, value, values);
    }
    for (const [how, member] of [
      ["call", type.call],
      ["tag", type.tag],
    ] as const) {
      if (member === undefined || dropped(how)) continue;
      const signatures = found.flatMap((each) => [...callable(each), ...callable(each, ts.SignatureKind.Construct)]);
      checkMember(`${name} (${how})`, member, signatures);
    }
    const constructors = resolve(classes.get(name) ?? subject.classes?.[name]);
    for (const [member, descriptor] of Object.entries(type.statics ?? {})) {
      if (dropped(member)) continue;
      const values = constructors.flatMap((each) => property(each, member) ?? []);
      if (values.length === 0) faults.push(`${name}.${member}: no such static member`);
      else
        checkMember(
          `${name}.${member}`,
          descriptor,
          values.flatMap((each) => callable(each)),
        );
    }
    if (type.new !== undefined && !dropped("new")) {
      checkMember(
        `new ${name}`,
        type.new,
        constructors.flatMap((each) => callable(each, ts.SignatureKind.Construct)),
        name,
      );
    }
  }
  for (const [option, { untyped }] of Object.entries(driver.options)) {
    if (untyped !== undefined) continue;
    const prefix = Object.keys(subject.options ?? {})
      .filter((each) => each === "" || option.startsWith(`${each}.`))
      .sort((a, b) => b.length - a.length)[0];
    const root = prefix === undefined ? undefined : subject.options?.[prefix];
    const rest = prefix === undefined || prefix === "" ? option : option.slice(prefix.length + 1);
    if (root === undefined || !resolve([root].flat()).some((type) => path(type, rest.split(".")))) {
      faults.push(`option ${option}: not in ${root ?? "any options type"}`);
    }
  }
  return faults;
}

const overloads = (member: Member): readonly Signature[] => (Array.isArray(member) ? member : [member as Signature]);

const guards = ({ when }: Signature): readonly Guard[] =>
  when === undefined ? [] : Array.isArray(when) ? when : [when as Guard];

/** Every slot and argument index that an effect speaks of. */
function slots(effect: Effect): readonly Slot[] {
  switch (effect.does) {
    case "opens":
      return [
        ...(typeof effect.options !== "number" ? [] : [{ argument: effect.options }]),
        ...(typeof effect.options !== "number" || effect.factory === undefined
          ? []
          : [{ argument: effect.options, property: effect.factory }]),
        ...(effect.url === undefined ? [] : [{ argument: effect.url }]),
        ...Object.keys(effect.positional ?? {}).map((index) => ({ argument: Number(index) })),
      ];
    case "configures":
      return [{ argument: effect.options }];
    case "runs":
      return [effect.sql ?? [], effect.on ?? []].flat();
    case "runs in transaction":
      return effect.on === undefined ? [] : [effect.on];
    case "releases":
      return [
        ...(effect.handle === undefined ? [] : [effect.handle]),
        ...(typeof effect.destroys === "number" ? [{ argument: effect.destroys }] : []),
      ];
    case "wraps":
    case "moves to":
    case "passes through":
      return [effect.handle];
    case "connects":
    case "ends":
    case "commits":
    case "rolls back":
      return effect.handle === undefined ? [] : [effect.handle];
    case "listens":
      return effect.channel === undefined ? [] : [effect.channel];
    case "builds SQL":
      return [effect.text];
    case "reads environment":
      return [effect.name];
    case "prepares":
      return effect.name === undefined ? [] : [effect.name];
    case "pipelines":
    case "runs batch in transaction":
      return [effect.statements];
    case "acquires":
    case "begins":
    case "runs in session":
    case "handles event":
    case "enables ambient transactions":
    case "migrates":
      return [];
  }
}
