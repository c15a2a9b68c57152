import { setImmediate as turn } from "node:timers/promises";
import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { Faults } from "./faults.ts";

/**
 * Lets the messages in that wait already, a newer text or a cancellation of this request among them.
 * Throws the protocol's "cancelled" where it was cancelled.
 */
export async function checkpoint(token: CancellationToken): Promise<void> {
  await turn();
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}

/** The one place where a request's crash is caught: it is logged, and `fallback` answers. Errors of the protocol pass. */
export const guarded =
  <P, R, Rest extends readonly unknown[]>(
    name: string,
    faults: Faults,
    fallback: (params: P) => R,
    work: (params: P, token: CancellationToken, ...rest: Rest) => Promise<R>,
  ) =>
  async (params: P, token: CancellationToken, ...rest: Rest): Promise<R> => {
    try {
      return await work(params, token, ...rest);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      faults.tell(name, error);
      return fallback(params);
    }
  };
