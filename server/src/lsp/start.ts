import type { Connection } from "vscode-languageserver";
import { createConnection, ProposedFeatures } from "./library.ts";
import { engine } from "./product.ts";
import { serve } from "./server.ts";

/** Where the messages come in and go out. */
export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Starts the language server over the streams, or, without any, over what the command line names (`--node-ipc`, `--stdio`,
 * `--socket=…`, `--pipe=…`). It ends the process when the client says so or goes away.
 */
export function startServer(streams?: Streams): void {
  const connection: Connection = streams
    ? createConnection(ProposedFeatures.all, streams.input, streams.output)
    : createConnection(ProposedFeatures.all);
  serve(connection, engine);
}
