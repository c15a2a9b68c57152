import type { OptionDescriptor } from "../core/driver.ts";

type Options = Readonly<Record<string, OptionDescriptor>>;

/** Why types leave names out: one reason for all where the place is an untyped bag, or one a name. */
export type Untyped = string | Readonly<Record<string, string>>;

/** The options as they stand under a dotted path of another library's options. */
export function nested(path: string, options: Options, untyped: Untyped = {}): Options {
  return Object.fromEntries(
    Object.entries(passedOn(options, untyped)).map(([name, option]) => [`${path}.${name}`, option]),
  );
}

/** The options of a library as another one takes them and hands them on. */
export function passedOn(options: Options, untyped: Untyped): Options {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const reason = typeof untyped === "string" ? untyped : untyped[name];
      return [name, reason === undefined ? option : { ...option, untyped: reason }];
    }),
  );
}
