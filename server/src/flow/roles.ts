import type { Role } from "../core/driver.ts";
import type { HandleValue } from "./values.ts";

/** What a handle is to a connection; a view has the role of what it was made from. Undefined where that is not in sight. */
export function roleOf(handle: HandleValue): Exclude<Role, "query"> | undefined {
  const { role } = handle.descriptor;
  if (role !== "query") return role;
  switch (handle.site.kind) {
    case "opens":
    case "wraps":
      return "pool";
    case "acquires":
    case "hook":
      return "session";
    case "begins":
    case "callback":
      return "transaction";
    case "derived":
      return handle.site.parent === undefined ? undefined : roleOf(handle.site.parent);
    case "declared":
      return undefined;
  }
}
