import type { OptionDescriptor } from "../core/driver.ts";

/**
 * The options as they stand under a dotted path of another library's options. `untyped`: the names that the types of that place leave
 * out, with the reason; one reason for all where the place is an untyped bag.
 */
export function nested(
  path: string,
  options: Readonly<Record<string, OptionDescriptor>>,
  untyped: string | Readonly<Record<string, string>> = {},
): Readonly<Record<string, OptionDescriptor>> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      const reason = typeof untyped === "string" ? untyped : untyped[name];
      return [`${path}.${name}`, reason === undefined ? option : { ...option, untyped: reason }];
    }),
  );
}
