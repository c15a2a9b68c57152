import type { CallInstruction } from "../core/facts.ts";
import type { ImplicitTransaction, Listening, Pool } from "../core/model.ts";
import type { Profile } from "../core/profile.ts";
import { nameOf } from "./call-name.ts";
import type { DriverCall } from "./calls.ts";
import { receiverHandle } from "./forwarders.ts";
import type { FileNode, FunctionNode } from "./program.ts";
import { roleOf } from "./roles.ts";
import type { HandleValue } from "./values.ts";

/** What is needed of the rest of the model. */
export interface SessionSurroundings {
  context(file: FileNode): Pool["context"];
  profile(handle: HandleValue | undefined, file: FileNode): Profile;
  pool(handle: HandleValue | undefined): Pool | undefined;
}

/** The waits for notifications that a call begins. */
export function* listensOf(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  around: SessionSurroundings,
): Generator<Listening> {
  if (!one.effects.some(({ does }) => does === "listens")) return;
  const handle = one.result ?? one.receiver;
  yield { ...placed(each, call, one, handle, around), what: nameOf(each, call).replace(/^`|\(\)`$/g, "") };
}

/** The transactions that the library sends by itself for a call: not where the call is in one already. */
export function* implicitOf(
  each: FunctionNode,
  call: CallInstruction,
  one: DriverCall,
  around: SessionSurroundings,
): Generator<ImplicitTransaction> {
  const handle = receiverHandle(each, call, one);
  if (handle === undefined || roleOf(handle) === "transaction") return;
  const implicit = one.effects.some(
    (effect) =>
      effect.does === "runs batch in transaction" || (effect.does === "runs" && effect.implicitTransaction === true),
  );
  if (!implicit) return;
  const pool = around.pool(handle);
  yield { ...placed(each, call, one, handle, around), ...(pool === undefined ? {} : { pool }) };
}

function placed(
  each: FunctionNode,
  call: CallInstruction,
  { driver }: DriverCall,
  handle: HandleValue | undefined,
  around: SessionSurroundings,
): Pick<Listening, "place" | "call" | "driver" | "context" | "profile"> {
  return {
    place: { path: each.file.path, span: call.span },
    call,
    driver,
    context: around.context(each.file),
    profile: around.profile(handle, each.file),
  };
}
