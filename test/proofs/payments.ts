import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Starts the web service that examples call, on loopback, answering after so many milliseconds. */
export function payments(delay: number) {
  return async (onEnd: (end: () => Promise<unknown>) => void): Promise<Readonly<Record<string, string>>> => {
    const server = createServer(async (_request, response) => {
      await sleep(delay);
      response.setHeader("content-type", "application/json").end('{"receipt":"r-1"}');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onEnd(async () => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("the payment service has no port");
    return { PAYMENTS_URL: `http://127.0.0.1:${address.port}` };
  };
}
