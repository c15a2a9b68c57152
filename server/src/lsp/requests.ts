import { setImmediate as turn } from "node:timers/promises";
import type { CancellationToken } from "vscode-languageserver";
import type { Faults } from "./faults.ts";
import { LSPErrorCodes, ResponseError } from "./library.ts";

/**
 * Lets the messages in that wait already, a newer text or a cancellation of this request among them.
 * Throws the protocol's "cancelled" where it was cancelled.
 */
export async function checkpoint(token: CancellationToken): Promise<void> {
  await turn();
  if (token.isCancellationRequested) throw cancelled();
}

/** What the promise yields, or the protocol's "cancelled" as soon as the request is. The work itself goes on: others may wait for it. */
export function unlessCancelled<T>(work: Promise<T>, token: CancellationToken): Promise<T> {
  if (token.isCancellationRequested) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const listening = token.onCancellationRequested(() => reject(cancelled()));
    work.then(resolve, reject).finally(() => listening.dispose());
  });
}

const cancelled = (): ResponseError<void> =>
  new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");

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
