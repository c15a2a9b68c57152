import { connect as connectSocket, createServer, type Socket } from "node:net";

/** One message that a client sent, decoded as far as proofs need it. */
export type Sent =
  | { readonly kind: "Startup"; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: "Parse"; readonly name: string; readonly text: string }
  | { readonly kind: "Query"; readonly text: string };

/** A proxy that writes down what passes towards the server. */
export interface Wire {
  readonly port: number;
  readonly sent: readonly Sent[];
  end(): Promise<void>;
}

const sslRequest = 80877103;
const protocol3 = 196608;

/** Listens on loopback and forwards to that port. */
export async function startWire(target: number): Promise<Wire> {
  const sent: Sent[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connectSocket(target, "127.0.0.1");
    const read = reader((message) => sent.push(message));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    // An upstream that is cut off, as a killed PgBouncer's is, has to be seen by the client as well.
    upstream.on("close", () => client.end());
    client.on("close", () => upstream.end());
    client.on("data", read);
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    port: address.port,
    sent,
    end: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Cuts a client's bytes into messages: the first ones carry no type byte. */
function reader(found: (message: Sent) => void): (chunk: Buffer) => void {
  let bytes = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (bytes.length < head + 4) return;
      const length = bytes.readUInt32BE(head);
      if (bytes.length < head + length) return;
      const body = bytes.subarray(head + 4, head + length);
      const type = started ? String.fromCharCode(bytes[0]!) : "";
      bytes = bytes.subarray(head + length);
      if (started) decode(type, body, found);
      else if (body.readUInt32BE(0) === protocol3) {
        started = true;
        found({ kind: "Startup", parameters: parameters(body.subarray(4)) });
      } else if (body.readUInt32BE(0) !== sslRequest) return;
    }
  };
}

function decode(type: string, body: Buffer, found: (message: Sent) => void): void {
  const words = body.toString("utf8").split("\0");
  if (type === "P") found({ kind: "Parse", name: words[0]!, text: words[1]! });
  if (type === "Q") found({ kind: "Query", text: words[0]! });
}

function parameters(body: Buffer): Readonly<Record<string, string>> {
  const words = body.toString("utf8").split("\0");
  const pairs: [string, string][] = [];
  for (let at = 0; words[at]; at += 2) pairs.push([words[at]!, words[at + 1] ?? ""]);
  return Object.fromEntries(pairs);
}
