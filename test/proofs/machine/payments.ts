import { createServer, type ServerResponse } from "node:http";

/** A web service on loopback that answers when it is told to. */
export interface Payments {
  /** Where it listens; examples read it from `PAYMENTS_URL`. */
  readonly url: string;
  /** Resolves when somebody waits for an answer. */
  readonly asked: Promise<void>;
  /** Answers everybody who waits, and everybody after that at once. */
  reply(): void;
  end(): Promise<void>;
}

/** Starts the service. */
export async function startPayments(): Promise<Payments> {
  const waiting: ServerResponse[] = [];
  const answer = (response: ServerResponse) => {
    response.setHeader("content-type", "application/json").end('{"receipt":"r-1"}');
  };
  let open = false;
  let tell = () => {};
  const asked = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server = createServer((_request, response) => {
    tell();
    if (open) answer(response);
    else waiting.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the payment service has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    reply: () => {
      open = true;
      for (const response of waiting) answer(response);
    },
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
