import type { CallInstruction } from "../core/facts.ts";
import type { Holders } from "./aliases.ts";
import { Follower, type FollowSurroundings, type Told } from "./follower.ts";
import type { Opened } from "./opened.ts";
import type { State } from "./path-state.ts";
import type { FunctionNode } from "./program.ts";
import { definition } from "./text.ts";

/** Follows what such a function hands out at one of its callers: from there on it is the caller's. */
export function findAtCaller(
  opened: Opened,
  each: FunctionNode,
  call: CallInstruction,
  around: FollowSurroundings,
): Told {
  return new Receiver(around).receive(opened, each, call);
}

class Receiver extends Follower<FollowSurroundings> {
  receive(opened: Opened, each: FunctionNode, call: CallInstruction): Told {
    const { handle, begun, checkout, idle } = opened;
    const holders = holdersAt(opened, each, call);
    if (checkout !== undefined && holders.registers !== undefined) {
      this.checkout = this.checkedOut(each, call, checkout.driver, checkout.profile);
      this.checkouts.push(this.checkout);
    }
    if (begun !== undefined) {
      const record = this.record(each, call, begun.driver, "unmanaged", begun.on, handle);
      record.profile = begun.profile;
      record.helper = begun;
    }
    this.claims = opened.sure && ownsLife(opened, each, call);
    const initial: State = {
      life: "held",
      open: begun !== undefined,
      ...(idle === undefined ? {} : { idle }),
      ...(begun === undefined ? {} : { begin: call }),
      truths: new Map(),
    };
    this.walk(each, call, handle, holders, initial, call);
    return this.told();
  }
}

/** What holds the handle at a call of such a function. */
function holdersAt({ as, aliases }: Opened, each: FunctionNode, call: CallInstruction): Holders {
  if (as === "handle") return { registers: [call.dst], made: aliases };
  if (as === "container") return { containing: [call.dst], made: aliases };
  const source = call.receiver === undefined ? undefined : definition(each, call.receiver);
  if (call.receiver === undefined) return {};
  switch (source?.op) {
    case "this":
      return { receiver: true };
    case "load":
      return { containers: [source.variable] };
    case "get":
      return definition(each, source.object)?.op === "this"
        ? { field: source.property }
        : { containing: [call.receiver] };
    default:
      return { containing: [call.receiver] };
  }
}

/** Whether the caller alone decides what becomes of the handle: nobody else has the object that it is in. */
function ownsLife({ as }: Opened, each: FunctionNode, call: CallInstruction): boolean {
  if (as !== "receiver") return true;
  const source = call.receiver === undefined ? undefined : definition(each, call.receiver);
  if (source?.op !== "load") return false;
  const variable = each.file.facts.variables[source.variable];
  if (variable?.function !== each.facts.id || variable.kind === "parameter") return false;
  const stores = each.facts.blocks.flatMap(({ instructions }) =>
    instructions.filter((one) => one.op === "store" && one.variable === source.variable),
  );
  const [only] = stores;
  const made = stores.length === 1 && only?.op === "store" ? definition(each, only.value) : undefined;
  return made?.op === "call" && made.style === "new";
}
